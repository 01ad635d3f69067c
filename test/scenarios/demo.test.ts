import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const demo = () => promisify(execFile)(process.execPath, ["dev/demo.ts", "--json"], { cwd: root });

type Scene = Readonly<{
  name: string;
  resourceId: string;
  expected: string;
  actual: string;
  ok: boolean;
  journal: readonly { entry: { action: string } }[];
}>;

test("the demo ends well, and its JSON form is exactly one object", async () => {
  const { stdout, stderr } = await demo(); // rejects unless the exit code is 0
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  const { ok, scenes, ...more }: { ok: boolean; scenes: readonly Scene[] } = JSON.parse(stdout);
  expect([ok, more]).toEqual([true, {}]);
  expect(scenes.length).toBeGreaterThan(5);
  for (const { name, resourceId, expected, actual, ok: isOk, journal, ...rest } of scenes) {
    expect([name, isOk, actual, rest]).toEqual([name, true, expected, {}]);
    expect(resourceId).toMatch(/^\/subscriptions\//);
    expect(Array.isArray(journal)).toBe(true);
  }
  expect(scenes[0]?.journal.map((it) => it.entry.action)).toEqual([
    "intended",
    "applied",
    "verified",
  ]);
  expect(stderr).toContain("summary");
});
