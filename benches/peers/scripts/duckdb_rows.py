"""CloudTrail records to the 25 columns of the table AWSCloudTrailLog, with DuckDB on one thread.

The arguments are `lines` and a file of JSON lines, or `gz` and a folder of S3 log files. The work
is done by `rows.sql`; all that Python does is to start it.
"""

import pathlib
import sys

import duckdb

SOURCES = {
    "lines": "SELECT json AS r FROM read_ndjson_objects('{}', maximum_object_size = 67108864)",
    "gz": "SELECT unnest(json -> '$.Records[*]') AS r FROM read_json_objects("
    "'{}/**/*.json.gz', format = 'unstructured', maximum_object_size = 67108864)",
}

kind, path = sys.argv[1:]
rows = pathlib.Path(__file__).with_name("rows.sql").read_text()
base = duckdb.connect(config={"threads": 1})
base.execute(rows.replace("{records}", SOURCES[kind].format(path)))
