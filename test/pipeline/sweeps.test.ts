import { expect, test } from "vitest";
import { beginSweep, type SweepBatch, sweepIfDue } from "../../src/pipeline/sweep.ts";
import { sweepBatch } from "../../src/pipeline/sweep-batch.ts";
import { createSweeps } from "../../src/records/sweeps.ts";
import { account } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";

function sweeping() {
  const laptop = createLaptop({ estate: [account()] });
  const batches: SweepBatch[] = [];
  const published: string[] = [];
  const ports = {
    ...laptop.portsFor("run"),
    sweeps: createSweeps(laptop.tables("sweeps"), laptop.blobs),
    sendBatch: async (batch: SweepBatch) => void batches.push(batch),
    publish: async ({ kind }: { kind: string }) => void published.push(kind),
  };
  const judgeAll = async () => {
    for (const batch of batches.splice(0)) await sweepBatch(ports, batch, 1);
  };
  return { laptop, ports, batches, published, judgeAll };
}

test("the first sweep of all is begun once, and no other until it ends", async () => {
  const { ports, batches, published, judgeAll } = sweeping();
  await sweepIfDue(ports);
  const types = new Set(ports.rules.map((it) => it.resourceType));
  expect(batches).toHaveLength(types.size);
  await sweepIfDue(ports);
  expect(batches).toHaveLength(types.size);
  await judgeAll();
  await sweepIfDue(ports);
  expect([published, batches]).toEqual([["baseline"], []]);
});

test.for(["baseline", "weekly"] as const)(
  "a %s sweep that lost its messages is begun anew after six hours, and ends",
  async (kind) => {
    const { laptop, ports, batches, published, judgeAll } = sweeping();
    if (kind === "weekly") {
      await sweepIfDue(ports);
      await judgeAll();
      laptop.advance(60);
      await beginSweep(ports, "weekly");
    } else await sweepIfDue(ports);
    batches.length = 0;
    laptop.advance(6 * 3600 - 1);
    await sweepIfDue(ports);
    expect(batches).toEqual([]);
    laptop.advance(1);
    await sweepIfDue(ports);
    await judgeAll();
    expect(published.at(-1)).toBe(kind);
    await sweepIfDue(ports);
    expect(batches).toEqual([]);
  },
);
