import { readFileSync, statSync } from "node:fs";
import type { Measurement } from "./measurement.ts";

const mostBytes = 3_000_000;

/** What each entry of dist is made of: itself, and all that it can load. */
export function measureBundles(root: URL): readonly Measurement[] {
  return ["main.cjs", "airlock.cjs"].flatMap((entry) => {
    const files = reachable(new URL(`dist/${entry}`, root));
    const eager = reachable(new URL(`dist/${entry}`, root), atStart);
    return [
      {
        name: `size of dist/${entry} with its parts`,
        unit: "bytes" as const,
        measured: bytesOf(files),
        most: mostBytes,
        note: `${files.length} files`,
      },
      {
        name: `of which dist/${entry} loads at start`,
        unit: "bytes" as const,
        measured: bytesOf(eager),
      },
    ];
  });
}

const anywhere = /\brequire\("(\.\/[^"]+)"\)/g;
/** Not inside a function: the build makes `.then(()=>__toESM(require("…")))` of an `import()`. */
const atStart = /(?<!\.then\(\(\)=>(?:__toESM\()?)\brequire\("(\.\/[^"]+)"\)/g;

function reachable(entry: URL, pattern = anywhere, seen = new Set<string>()): readonly string[] {
  if (seen.has(entry.href)) return [];
  seen.add(entry.href);
  for (const [, path = ""] of readFileSync(entry, "utf8").matchAll(pattern))
    reachable(new URL(path, entry), pattern, seen);
  return [...seen];
}

const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, it) => sum + statSync(new URL(it)).size, 0);
