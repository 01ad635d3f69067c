import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

type Line = Readonly<{ url: string; requestBody?: string | { query?: string } }>;

/** Plays the story with its ARM traffic written down, and has a judge look at it where there is one. */
const folder = mkdtempSync(path.join(tmpdir(), "airlock-"));
const capture = path.join(folder, "capture.jsonl");
const run = (command: string, args: readonly string[]): void => {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

run(process.execPath, ["dev/demo.ts", "--capture", capture]);
const lines = readFileSync(capture, "utf8").split("\n").filter(Boolean);
const queries = [...new Set(lines.flatMap((it) => queryIn(JSON.parse(it))))];
console.log(`${lines.length} exchanges, ${queries.length} different graph queries`);

const judge = process.env["ARM_JUDGE"];
if (judge) {
  run(judge, ["oracle", capture]);
  run(judge, ["kql", ...queries.map(written)]);
} else console.log(`not judged: ${lines.length} exchanges`);

function queryIn({ url, requestBody }: Line): string[] {
  if (!url.includes("/Microsoft.ResourceGraph/resources")) return [];
  const body = typeof requestBody === "string" ? JSON.parse(requestBody) : requestBody;
  return typeof body?.query === "string" ? [body.query] : [];
}

function written(query: string, n: number): string {
  const file = path.join(folder, `${n}.kql`);
  writeFileSync(file, query);
  return file;
}
