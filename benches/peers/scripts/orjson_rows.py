"""CloudTrail records to the 25 columns of the table AWSCloudTrailLog, with orjson.

The argument is a file of JSON lines, or a folder of S3 log files. Cells are not cut, and the time
is taken to be written as CloudTrail writes it.
"""

import glob
import gzip
import os
import sys

from orjson import dumps, loads

OF_RECORD = [
    ("SYSTEM", "eventSource"),
    ("TABLE", None),
    ("COLLECTIONDATETIME", None),
    ("CWLDATETIME", None),
    ("DATETIME", "eventTime"),
    ("AWSREGION", "awsRegion"),
    ("EVENTCATEGORY", "eventCategory"),
    ("EVENTID", "eventID"),
    ("EVENTNAME", "eventName"),
    ("EVENTTYPE", "eventType"),
    ("RECIPIENTACCOUNTID", "recipientAccountId"),
    ("REQUESTID", "requestID"),
    ("REQUESTPARAMETERS", "requestParameters"),
    ("RESPONSEELEMENTS", "responseElements"),
    ("SRCADDR", "sourceIPAddress"),
    ("USERAGENT", "userAgent"),
]
OF_IDENTITY = [
    ("USERACCESSKEYID", "accessKeyId"),
    ("USERAID", "accountId"),
    ("USERARN", "arn"),
    ("USERNAME", "userName"),
    ("USERPID", "principalId"),
    ("USERTYPE", "type"),
]


def row(record):
    """The row of a record, which is used up."""
    time = record.get("eventTime")
    row = {"DATE": time and time[:10], "TIME": time and time[11:19]}
    for column, name in OF_RECORD:
        row[column] = record.pop(name, None)
    row["TABLE"] = "AWSCloudTrailLog"
    for column in ("REQUESTPARAMETERS", "RESPONSEELEMENTS"):
        cell = row[column]
        if cell is not None and not isinstance(cell, str):
            row[column] = dumps(cell).decode()
    who = record.get("userIdentity")
    if not isinstance(who, dict):
        who = {}
    gave = False
    for column, name in OF_IDENTITY:
        cell = row[column] = who.pop(name, None)
        gave = gave or cell is not None
    if gave and not who:
        del record["userIdentity"]
    row["SNAREDATAMAP"] = record
    return row


def records(path):
    """The records of a file of lines or of a folder."""
    if os.path.isfile(path):
        with open(path, "rb") as lines:
            yield from map(loads, lines)
        return
    for name in sorted(glob.glob(path + "/**/*.json.gz", recursive=True)):
        with gzip.open(name) as file:
            yield from loads(file.read())["Records"]


def main():
    with open(1, "wb", buffering=1 << 20) as out:
        for record in records(sys.argv[1]):
            out.write(dumps(row(record)))
            out.write(b"\n")


main()
