// Any host of components. For Node: npx jco transpile {file} --name guest -o guest, then
import { readFileSync } from "node:fs";
import { pipeline } from "./guest/guest.js";

const answer = pipeline.process(readFileSync("log.json.gz"), { source: "log", collectedAt: "" });
for (const frame of answer.rows) process.stdout.write(frame.lines);
