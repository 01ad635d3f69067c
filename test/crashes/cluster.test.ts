import { expect, test } from "vitest";
import { mulberry32 } from "../../dev/azure/random.ts";
import { clusterBody, clusterId, workspace } from "../support/clusters.ts";
import { crashesAt } from "../support/crashes.ts";
import { createLaptop } from "../support/laptop.ts";
import { expectTruth, trail } from "../support/truth.ts";

/** A data scientist makes a cluster with public addresses; the kills count from its event on. */
async function recreated(points: readonly number[]) {
  const crashes = crashesAt(points);
  const laptop = createLaptop({ estate: [workspace()], crashes });
  await crashes.pause(() => laptop.portsFor("run").gates.install());
  laptop.advance(60);
  laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
  await laptop.run(7 * 24 * 3600);
  return { laptop, crashes };
}

async function expectRecreated(points: readonly number[]) {
  const { laptop, crashes } = await recreated(points);
  const seen = await laptop.seen(clusterId);
  const records = await laptop.records(clusterId);
  const said = `killed at ${points}: ${trail(records)}`;
  expect(seen?.properties, said).toMatchObject({
    properties: {
      enableNodePublicIp: false,
      scaleSettings: { minNodeCount: 1, maxNodeCount: 4 }, // as before the drain
    },
  });
  expect(records.at(-1)?.entry.action, said).toBe("verified");
  const deletes = laptop.writes().filter((it) => it.method === "DELETE" && it.status < 300);
  expect(deletes.length, said).toBe(1);
  expectTruth(records, laptop.writes(), crashes.kills());
  return { kills: crashes.kills(), calls: crashes.calls() };
}

test("killed once, before and after every outside call", { timeout: 170_000 }, async () => {
  const { calls } = await expectRecreated([]);
  for (let n = 1; n <= calls; n++) await expectRecreated([n]);
  console.log(`${calls} schedules with one kill`);
});

test("killed twice, 2,000 seeded", { timeout: 170_000 }, async () => {
  const { calls } = await expectRecreated([]);
  const random = mulberry32(20_261_124);
  for (let run = 0; run < 2000; run++) {
    const first = 1 + Math.floor(random() * calls);
    await expectRecreated([first, first + 1 + Math.floor(random() * calls)]);
  }
});
