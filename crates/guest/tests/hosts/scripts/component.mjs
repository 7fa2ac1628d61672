// Takes inputs through a transpiled component: node component.mjs COMPONENT.js INPUTS ANSWERS
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [path, inputs, answers] = process.argv.slice(2);
const { pipeline } = await import(pathToFileURL(path));
JSON.parse(pipeline.describe());

const all = readFileSync(inputs);
const out = [];
for (let at = 0; at < all.length; ) {
  const length = all.readUInt32LE(at);
  const input = all.subarray(at + 4, at + 4 + length);
  const answer = pipeline.process(input, { source: "a trail", collectedAt: "" });
  const bytes = Buffer.concat(answer.rows.map((frame) => frame.lines));
  const { read, written, filtered, dropped, quarantined } = answer.counts;
  if (read !== written + filtered + dropped + quarantined) throw new Error("unbalanced books");
  const head = Buffer.alloc(4);
  head.writeUInt32LE(bytes.length);
  out.push(head, bytes);
  at += 4 + length;
}
writeFileSync(answers, Buffer.concat(out));
