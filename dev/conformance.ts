import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Exchange, operationsOf, uncovered } from "./azure/operations-offered.ts";
import { kinds } from "./azure/providers/index.ts";

/**
 * The ARM traffic of the story and of the local Azure's tests: every operation that is offered must
 * be there with a success and an error, and a judge looks at all of it where there is one.
 */
const folder = mkdtempSync(path.join(tmpdir(), "airlock-"));
const story = path.join(folder, "story.jsonl");
const tests = path.join(folder, "tests.jsonl");
const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void => {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
};

run(process.execPath, ["dev/demo.ts", "--capture", story]);
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "test/dev/azure"];
run(process.execPath, vitest, { AIRLOCK_CAPTURE: tests });

const exchanges = [story, tests].flatMap((file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Exchange),
);
const judged = exchanges.filter((it) => !it.isUnjudged);
const queries = [...new Set(exchanges.flatMap(queryIn))];
const operations = operationsOf(kinds);
const missing = uncovered(operations, exchanges);
console.log(
  `${exchanges.length} exchanges over ${operations.length} operations, ${judged.length} for the judge; ${queries.length} different graph queries`,
);
console.log(`${missing.length} outcomes of operations have no exchange`);
for (const it of missing) console.error(`not covered: ${it}`);

const judge = process.env["ARM_JUDGE"];
if (judge) {
  const all = path.join(folder, "all.jsonl");
  writeFileSync(all, judged.map((it) => JSON.stringify(it)).join("\n"));
  run(judge, ["oracle", all, "--quiet"]);
  run(judge, ["kql", ...queries.map(written)]);
} else console.log(`not judged: ${judged.length} exchanges`);
if (missing.length > 0) process.exit(1);

/** Only what was answered: a test also sends queries to see them refused. */
function queryIn({ url, requestBody, status }: Exchange): string[] {
  if (status !== 200 || !url.includes("/Microsoft.ResourceGraph/resources")) return [];
  const body = typeof requestBody === "string" ? JSON.parse(requestBody) : requestBody;
  return typeof body?.query === "string" ? [body.query] : [];
}

function written(query: string, n: number): string {
  const file = path.join(folder, `${n}.kql`);
  writeFileSync(file, query);
  return file;
}
