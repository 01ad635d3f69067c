import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Who may import what, by prefix. A part may import itself; whatever is not listed is forbidden. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "src/model": ["node:crypto"],
  "src/rules": ["src/model/"],
  "src/pipeline": ["src/model/"],
  "src/records": ["src/model/", "src/pipeline/ports.ts", "src/pipeline/sweep.ts"],
  "src/report": ["src/model/", "preact"],
  "src/azure": ["src/model/", "src/pipeline/ports.ts", "src/records/ports.ts", "@azure/", "node:"],
  "src/functions": [
    "src/model/",
    "src/pipeline/",
    "src/airlock.ts",
    "src/api/",
    "@azure/functions",
    "@azure/eventgrid",
  ],
  "src/api": ["src/model/", "src/pipeline/", "src/report/", "src/airlock.ts", "hono", "zod"],
  "src/cli": [
    "src/model/",
    "src/pipeline/",
    "src/report/",
    "src/airlock.ts",
    "src/config.ts",
    "commander",
    "node:os",
  ],
  "src/airlock.ts": ["src/"],
  "src/publish-report.ts": ["src/model/", "src/pipeline/", "src/records/", "src/report/"],
  "src/main.ts": ["src/airlock.ts", "src/config.ts", "src/functions/", "@azure/functions"],
  "src/config.ts": ["src/model/", "zod"],
  "dev/azure": ["node:"], // a witness that copies the suspect proves nothing
  "dev/functions-host": ["node:", "croner", "@azure/storage-queue"],
  dev: ["dev/", "node:", "@azure/storage-", "@azure/data-tables", "selfsigned"],
};

const files = globSync("{src,dev}/**/*.{ts,tsx}").filter((it) => !it.endsWith(".d.ts"));

test.for(files)("%s keeps to its place", (file) => {
  const part = Object.keys(mayImport).find((it) => file === it || file.startsWith(`${it}/`));
  const allowed = part ? [`${part}/`, ...(mayImport[part] ?? [])] : [];
  const strangers = importsOf(file).filter(
    (it) => !allowed.some((prefix) => it.startsWith(prefix)),
  );
  expect(strangers).toEqual([]);
});

test("nothing but the configuration reads the environment", () => {
  const readers = files.filter(
    (it) => it.startsWith("src/") && readFileSync(it, "utf8").includes("process.env"),
  );
  expect(readers).toEqual(["src/config.ts"]);
});

const imported =
  /^(?:import|export)\b[^;]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** Packages as written; our own files from the root of the repository. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(imported)]
    .flatMap(([, from, bare, lazy]) => from ?? bare ?? lazy ?? [])
    .map((it) => (it.startsWith(".") ? path.join(path.dirname(file), it) : it));
}
