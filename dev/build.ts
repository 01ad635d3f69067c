import { execSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The app and the command line into dist, as CommonJS. esbuild splits ESM only, so it is run twice:
 * what `import()` names becomes a file of its own, which is read and parsed when it is first needed.
 */
const format = [
  "--minify-whitespace",
  "--minify-syntax",
  "--line-limit=160",
  "--platform=node",
  "--target=node22",
  "--sourcemap",
  // Node loads its whole HTTP client for this name, and nothing here sends or takes a form.
  "--define:FormData=Boolean",
  "--log-level=warning",
  "--log-override:empty-import-meta=silent", // of a package that copes with it
  "--out-extension:.js=.cjs",
];
const split = [
  "main=src/main.ts",
  "airlock=src/cli/main.ts",
  "--bundle",
  "--splitting",
  "--format=esm",
  "--external:@azure/functions-core",
];

/** A part is loaded by `require`: `import()` would begin with the loader of ESM modules. */
const commonJs = ["--format=cjs", "--outdir=dist", "--supported:dynamic-import=false"];

process.chdir(path.join(import.meta.dirname, ".."));
const began = Date.now();
mkdirSync("dist", { recursive: true });
const stage = mkdtempSync("dist/esm-");
try {
  esbuild(...split, ...format, `--outdir=${stage}`);
  esbuild(`${stage}/*.cjs`, ...commonJs, ...format);
} finally {
  rmSync(stage, { recursive: true });
}
prune();

/** npm puts it on the path. */
function esbuild(...args: string[]): void {
  execSync(["esbuild", ...args].join(" "), { stdio: "inherit" });
}

/** A process that started on an earlier build may still ask for its files: they stay for an hour. */
function prune(): void {
  for (const it of globSync("dist/*.{cjs,cjs.map}"))
    if (statSync(it).mtimeMs < began - 3600_000) rmSync(it);
}
