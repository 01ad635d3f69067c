import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Plays the story with its ARM traffic written down, and has a judge look at it where there is one. */
const capture = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "capture.jsonl");
const demo = spawnSync(process.execPath, ["dev/demo.ts", "--capture", capture], {
  stdio: "inherit",
});
if (demo.status !== 0) process.exit(demo.status ?? 1);

const count = readFileSync(capture, "utf8").split("\n").filter(Boolean).length;
const judge = process.env["ARM_JUDGE"];
if (judge) {
  console.log(`${count} exchanges are judged`);
  process.exit(spawnSync(judge, ["oracle", capture], { stdio: "inherit" }).status ?? 1);
}
console.log(`not judged: ${count} exchanges`);
