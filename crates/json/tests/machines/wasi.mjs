// Runs a test program that was compiled for WebAssembly, with what WASI gives it, in Node.
import { readFile } from 'node:fs/promises';
import { argv, env, exit } from 'node:process';
import { WASI } from 'node:wasi';

const [program, ...rest] = argv.slice(2);
const wasi = new WASI({
  version: 'preview1',
  args: [program, ...rest],
  env,
  preopens: { '/': '/' },
});
const module = await WebAssembly.compile(await readFile(program));
exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
