# Any Extism SDK; this is Python's (pip install extism). The output of `process` is lines of JSON.
import extism

with open("log.json.gz", "rb") as log:
    plugin = extism.Plugin({"wasm": [{"path": "{file}"}]})
    print(bytes(plugin.call("process", log.read())).decode(), end="")
