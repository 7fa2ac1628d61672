// Takes inputs through a module of the batch ABI: node node.mjs MODULE INPUTS ANSWERS
import { readFileSync, writeFileSync } from "node:fs";

const [path, inputs, answers] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(path));
const guest = instance.exports;
if (guest.trailmill_abi_version() !== 1) throw new Error("another ABI");

// The memory can grow in a call, so it is looked at anew behind each.
function answer(input) {
  const pointer = guest.malloc(input.length) >>> 0;
  if (pointer === 0) throw new Error("no memory");
  Buffer.from(guest.memory.buffer).set(input, pointer);
  const packed = BigInt.asUintN(64, guest.trailmill_process(pointer, input.length));
  const [at, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
  const bytes = Buffer.from(Buffer.from(guest.memory.buffer).subarray(at, at + length));
  guest.free(pointer);
  return bytes;
}

const all = readFileSync(inputs);
const out = [];
for (let at = 0; at < all.length; ) {
  const length = all.readUInt32LE(at);
  const bytes = answer(all.subarray(at + 4, at + 4 + length));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(bytes.length);
  out.push(head, bytes);
  at += 4 + length;
}
writeFileSync(answers, Buffer.concat(out));
