import { expect, test } from "vitest";
import type { BatchResult, Sweep, SweepBatch } from "../../src/pipeline/sweep.ts";
import type { Blobs } from "../../src/records/ports.ts";
import { createSweeps } from "../../src/records/sweeps.ts";
import { subscription } from "../support/laptop.ts";
import { memoryTables } from "../support/memory-tables.ts";

const sweep: Sweep = {
  id: "2026-11-24T12:00:00.000Z~weekly",
  kind: "weekly",
  beganAt: "2026-11-24T12:00:00.000Z",
  total: 2,
};
const batch = (resourceType: string): SweepBatch => ({
  schema: 1,
  sweepId: sweep.id,
  subscription,
  resourceType,
});
const result = (because: string): BatchResult => ({
  resources: [],
  notEvaluated: [{ resourceId: "/subscriptions/a", because }],
});

test("a result that cannot be read again does not pass for an empty one", async () => {
  const kept = new Map<string, string>();
  const blobs: Blobs = {
    put: async (_, name, text) => void kept.set(name, text),
    get: async (_, name) => kept.get(name),
    list: async () => [...kept.keys()],
  };
  const sweeps = createSweeps(memoryTables()("sweeps"), blobs);
  await sweeps.begin(sweep);
  expect(await sweeps.keep(batch("a"), result("first"))).toBeUndefined();
  kept.clear();
  await expect(sweeps.keep(batch("b"), result("second"))).rejects.toMatchObject({ kind: "retry" });
  await expect(sweeps.latest()).resolves.toMatchObject({ isDone: false });

  const again = await sweeps.keep(batch("a"), result("first"));
  expect(again?.results.flatMap((it) => it.notEvaluated.map((one) => one.because)).sort()).toEqual([
    "first",
    "second",
  ]);
});
