import { expect, test } from "vitest";
import type { Fault } from "../../dev/azure/layers/faults.ts";
import { mulberry32 } from "../../dev/azure/random.ts";
import { clusterBody, clusterId, workspace } from "../support/clusters.ts";
import { crashesAt } from "../support/crashes.ts";
import { createLaptop } from "../support/laptop.ts";
import { expectTruth, trail } from "../support/truth.ts";

const refusal = { error: { code: "PropertyNotAllowed", message: "Not in this region." } };

/** A data scientist makes a cluster with public addresses; the kills count from its event on. */
async function recreated(points: readonly number[], faults: readonly Fault[] = []) {
  const crashes = crashesAt(points);
  const laptop = createLaptop({ estate: [workspace()], crashes });
  await crashes.pause(() => laptop.portsFor("run").gates.install());
  laptop.advance(60);
  laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
  for (const fault of faults) laptop.azure.faults.add(fault);
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

/** Making it again is refused, or the delete never happens: the cluster is put back as it was. */
test.for([
  ["it cannot be made again", { method: "PUT", times: 3, answer: { status: 400, body: refusal } }],
  ["its delete never happens", { method: "DELETE", times: 1, answer: "never-applied" }],
] as const)(
  "%s: killed once, before and after outside calls",
  { timeout: 170_000 },
  async ([, fault]) => {
    const expectThere = async (points: readonly number[]) => {
      const { laptop, crashes } = await recreated(points, [fault]);
      const seen = await laptop.seen(clusterId);
      const records = await laptop.records(clusterId);
      const said = `killed at ${points}: ${trail(records)}`;
      expect(seen?.properties, said).toMatchObject({
        properties: { scaleSettings: { minNodeCount: 1, maxNodeCount: 4 } },
      });
      const sealed = { properties: { enableNodePublicIp: false } };
      const { entry: last } = records.at(-1) ?? {};
      if (last?.action === "verified") expect(seen?.properties, said).toMatchObject(sealed);
      else expect(last, said).toMatchObject({ action: "failed", restored: true });
      expectTruth(records, laptop.writes(), crashes.kills());
      return crashes.calls();
    };
    const calls = await expectThere([]);
    const every = Math.ceil(calls / 350); // a day of waiting for a delete is thousands of looks
    for (let n = 1; n <= calls; n += every) await expectThere([n]);
    console.log(`${Math.ceil(calls / every)} schedules with one kill`);
  },
);
