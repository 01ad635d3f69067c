import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Measurement, median } from "./measurement.ts";

type File = Readonly<{ path: string; lines: readonly string[] }>;

/** How long files and functions are, and whether files import one another in a circle. */
export function measureCode(root: URL): readonly Measurement[] {
  return ["src", "dev"].flatMap((folder) => {
    const files = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: fileURLToPath(root) }).map((it) => ({
      path: it,
      lines: readFileSync(new URL(it, root), "utf8").trimEnd().split("\n"),
    }));
    const functions = files.flatMap(functionsIn);
    const lengths = files.map((it): Length => ({ name: it.path, lines: it.lines.length }));
    return [
      { name: `${folder}: files`, unit: "files" as const, measured: files.length },
      ...lengthsOf(`${folder}: a file`, lengths),
      ...lengthsOf(`${folder}: a function`, functions),
      { name: `${folder}: import cycles`, unit: "cycles" as const, ...cyclesIn(files), most: 0 },
    ];
  });
}

type Length = Readonly<{ name: string; lines: number }>;

function lengthsOf(what: string, all: readonly Length[]): readonly Measurement[] {
  const longest = all.reduce((a, b) => (b.lines > a.lines ? b : a));
  const middle = median(all.map((it) => it.lines));
  return [
    { name: `${what}, median`, unit: "lines", measured: middle },
    {
      name: `${what}, longest`,
      unit: "lines",
      measured: longest.lines,
      note: longest.name,
    },
  ];
}

const opening =
  /^(\s*)(?:export |async |static )*(?:function\b.*|(?!if|for|while|switch|catch|return)[\w.]+\(.*\).*|.*=> |\).*)\{$/;

/** By the layout that the formatter gives: a body ends where its first line's indent comes again. */
function functionsIn({ path: name, lines }: File): readonly Length[] {
  return lines.flatMap((line, end) => {
    const [found, indent = ""] = opening.exec(line) ?? [];
    if (found === undefined || /^\s*\)? ?(?:if|for|while|switch|\} else)\b/.test(line)) return [];
    const last = lines.findIndex((it, i) => i > end && it.startsWith(`${indent}}`));
    const head = line.trimStart().startsWith(")")
      ? lines.findLastIndex((it, i) => i < end && it.search(/\S/) === indent.length)
      : end;
    return last < 0 ? [] : [{ name: `${name}:${head + 1}`, lines: last - head + 1 }];
  });
}

/** Types are erased: only what is imported at run time counts. */
const imported = /^(?:import|export) (?!type )[^;]*?\bfrom "(\.[^"]+)"/gm;

/** Files from which a walk along the imports comes back to where it began. */
function cyclesIn(files: readonly File[]): Readonly<{ measured: number; note: string }> {
  const next = new Map(
    files.map((it) => [
      it.path,
      [...it.lines.join("\n").matchAll(imported)].map(([, to = ""]) =>
        path.join(path.dirname(it.path), to),
      ),
    ]),
  );
  const reaches = (from: string, seen: Set<string>): Set<string> => {
    for (const it of next.get(from) ?? []) if (!seen.has(it)) reaches(it, seen.add(it));
    return seen;
  };
  const inCircle = [...next.keys()].filter((it) => reaches(it, new Set()).has(it));
  return { measured: inCircle.length, note: inCircle.join(", ") };
}
