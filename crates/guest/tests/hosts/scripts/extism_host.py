"""Takes inputs through an Extism plugin: python extism_host.py MODULE INPUTS ANSWERS"""

import json
import struct
import sys

import extism

path, inputs, answers = sys.argv[1:]
plugin = extism.Plugin({"wasm": [{"path": path}]})
json.loads(bytes(plugin.call("describe", b"")))

with open(inputs, "rb") as source, open(answers, "wb") as target:
    while head := source.read(4):
        told = bytes(plugin.call("process", source.read(struct.unpack("<I", head)[0])))
        target.write(struct.pack("<I", len(told)) + told)
