import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { resourceTypes } from "../../src/model/resource-types/index.ts";
import { rules } from "../../src/rules/index.ts";

const json = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../infra/${name}`, import.meta.url), "utf8"));

const actions: readonly string[] = json("remediator-actions.json");
const operations: Readonly<Record<string, readonly string[]>> = json("event-operations.json");
const has = (list: readonly string[], wanted: string) =>
  list.some((it) => it.toLowerCase() === wanted.toLowerCase());

test("the role holds every right that a rule's fix needs", () => {
  const needed = rules.flatMap((it) => it.fix?.permissions ?? []);
  expect(needed.filter((it) => !has(actions, it))).toEqual([]);
});

test("the role may read every type that is read", () => {
  const reads = Object.values(resourceTypes).map(({ name }) => `${name}/read`);
  expect(reads.filter((it) => !has(actions, it))).toEqual([]);
});

test("writes and deletes of every type that a rule judges are listened to", () => {
  const all = Object.values(operations).flat();
  const judged = rules.map((it) => resourceTypes[it.resourceType].name);
  const missing = judged
    .flatMap((it) => [`${it}/write`, `${it}/delete`])
    .filter((it) => !has(all, it));
  expect(missing).toEqual([]);
});

test("an event subscription filters by at most 25 values", () => {
  for (const [name, list] of Object.entries(operations)) {
    expect(list.length, name).toBeLessThanOrEqual(25);
    expect(new Set(list).size, name).toBe(list.length);
  }
});
