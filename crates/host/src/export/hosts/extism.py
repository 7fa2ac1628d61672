# Any SDK of Extism; here in Python.
import extism
plugin = extism.Plugin({"wasm": [{"path": "{file}"}]})
rows = plugin.call("process", open("log.json.gz", "rb").read())
