import { parsePath } from "../ids.ts";
import type { Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";

type Test = (it: Stored) => boolean;

export type Filter = Readonly<{
  matches: Test;
  /** Specification: a list that was filtered by tags does not show them. */
  isByTag: boolean;
}>;

/**
 * `$filter` of resources and groups, as far as azure-docs and the specification tell: comparisons of a
 * few fields and `substringof`, or tags by themselves. Undefined where it is another one.
 */
export function filterOf(text: string): Filter | undefined {
  const parts = text.split(/ and /i).filter((it) => it.trim() !== "");
  const byTag = tagsIn(parts);
  if (byTag) return { matches: byTag, isByTag: true };
  const tests = parts.map((it) => testOf(it.trim().replace(/^\((.*)\)$/, "$1")));
  const isKnown = (it: Test | undefined): it is Test => it !== undefined;
  if (!tests.every(isKnown)) return undefined;
  return { matches: (row) => tests.every((it) => it(row)), isByTag: false };
}

const fields: Readonly<Record<string, (it: Stored) => string | undefined>> = {
  resourcetype: (it) => it.type,
  name: (it) => it.name,
  location: (it) => it.location,
  resourcegroup: (it) => parsePath(it.id).group,
};

function testOf(part: string): Test | undefined {
  const [, name = "", verb, value] = /^(\w+)\s+(eq|ne)\s+'([^']*)'$/i.exec(part) ?? [];
  const field = fields[name.toLowerCase()];
  if (field) return (it) => same(field(it), value) === same(verb, "eq");
  const [, piece = "", of = ""] = /^substringof\('([^']*)',\s*(\w+)\)$/i.exec(part) ?? [];
  const within = fields[of.toLowerCase()];
  return within && ((it) => within(it)?.toLowerCase().includes(piece.toLowerCase()) ?? false);
}

/** `tagName eq 'a' and tagValue eq 'b'`, or `startswith(tagName, 'a')`; nothing else beside them. */
function tagsIn([name = "", value = "", ...more]: readonly string[]): Test | undefined {
  const [, exact] = /^\s*tagname\s+eq\s+'([^']*)'\s*$/i.exec(name) ?? [];
  const [, start] = /^\s*startswith\(tagname,\s*'([^']*)'\)\s*$/i.exec(name) ?? [];
  const [, wanted] = /^\s*tagvalue\s+eq\s+'([^']*)'\s*$/i.exec(value) ?? [];
  if ((exact ?? start) === undefined || more.length > 0) return undefined;
  if (value !== "" && wanted === undefined) return undefined;
  return (it) =>
    Object.entries(isObject(it["tags"]) ? it["tags"] : {}).some(([key, held]) => {
      const isNamed =
        exact === undefined
          ? key.toLowerCase().startsWith((start ?? "").toLowerCase())
          : same(key, exact);
      return isNamed && (wanted === undefined || held === wanted);
    });
}
