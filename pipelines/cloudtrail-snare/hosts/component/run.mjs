// Rows of a log file, by way of the component in Node: node run.mjs LOG
//
// trailmill export --host component pipelines/cloudtrail-snare/pipeline.yaml -o snare.wasm
// npm install @bytecodealliance/jco@1.35.0
// npx jco transpile snare.wasm --name snare --out-dir snare
import { readFileSync } from "node:fs";
import { pipeline } from "./snare/snare.js";

const [log] = process.argv.slice(2);
const origin = { source: log, collectedAt: new Date().toISOString() };
const answer = pipeline.process(readFileSync(log), origin);
for (const frame of answer.rows) process.stdout.write(frame.lines);
process.stderr.write(answer.quarantine);
