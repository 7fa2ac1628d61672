"""Rows of a log file, by way of Extism: pip install extism==1.1.1; python run.py LOG

trailmill export --host extism pipelines/cloudtrail-snare/pipeline.yaml -o snare.wasm
"""

import json
import sys

import extism

plugin = extism.Plugin({"wasm": [{"path": "snare.wasm"}]})
plugin.call("origin", json.dumps({"source": sys.argv[1]}).encode())
with open(sys.argv[1], "rb") as log:
    lines = bytes(plugin.call("process", log.read()))
for line in lines.splitlines():
    out = sys.stderr if b'"trailmillFault":' in line else sys.stdout
    print(line.decode(), file=out)
