import { expect, test } from "vitest";
import { clusterBody, clusterId, workspace } from "../support/clusters.ts";
import { crashesAt } from "../support/crashes.ts";
import {
  account,
  accountId,
  cognitive,
  endpoint,
  endpointId,
  openai,
  search,
  zone,
  zoneGroup,
  zoneGroupId,
} from "../support/estates.ts";
import { createLaptop, type Laptop, subscription } from "../support/laptop.ts";
import { access as accessOf, decision, open } from "../support/scenes.ts";
import { seedsOf } from "../support/seeds.ts";
import { expectTruth, trail } from "../support/truth.ts";
import { failure, killsBy, storm } from "../support/weather.ts";

const seeds = seedsOf(50);

/** Events late and twice, Resource Graph behind, buckets that empty. */
const rough = { weather: "rough", throttling: "recorded" } as const;

/** Sealed and verified, or as it was, held and told; and the journal tells no lies. */
async function expectEnd(laptop: Laptop, id: string, isSealed: boolean, kills: number) {
  const records = await laptop.records(id);
  const finding = (await laptop.recall(id))?.findings[0];
  const end = [isSealed, records.at(-1)?.entry.action, finding?.decision.do];
  const ends = [
    [true, "verified", undefined],
    [false, "failed", "hold"],
  ];
  expect(ends, `${trail(records)}: ${end}`).toContainEqual(end);
  expectTruth(records, laptop.writes(), kills);
}

test("a try that nobody answered, and then one that was turned away: it goes on", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  for (const status of [503, 429])
    laptop.azure.faults.add({ method: "PATCH", times: 1, answer: failure(status, "Busy") });
  await laptop.run(24 * 3600);
  expect(await accessOf(laptop)).toBe("Disabled");
});

const services = [
  ["account", account(), "2025-06-01"],
  ["search service", search(), "2025-05-01"],
  ["workspace", workspace(), "2025-06-01"],
] as const;

test.for(services.flatMap(([what, it, at]) => seeds.map((seed) => [seed, what, it, at] as const)))(
  "seed %i: an opened %s ends closed, or held and told",
  async ([seed, , service, version]) => {
    const { id } = service;
    const crashes = crashesAt(killsBy(seed, 60));
    const laptop = createLaptop({ estate: [service], seed, crashes, ...rough });
    await laptop.remembered(id);
    const body = { properties: { publicNetworkAccess: "Enabled" } };
    const opened = laptop.write("PATCH", `${id}?api-version=${version}`, body);
    expect(opened.status).toBeLessThan(300);
    storm(laptop, seed);
    await laptop.run(3 * 24 * 3600);
    laptop.azure.faults.clear();
    const access = Reflect.get((await laptop.seen(id))?.properties ?? {}, "publicNetworkAccess");
    await expectEnd(laptop, id, access === "Disabled", crashes.kills());
  },
);

test.each(seeds)("seed %i: an endpoint's zone group ends complete, or held", async (seed) => {
  const zones = [...zone(cognitive), ...zone(openai)];
  const estate = [account(), ...endpoint(), ...zones, zoneGroup(cognitive)];
  const crashes = crashesAt(killsBy(seed, 90));
  const laptop = createLaptop({ estate, seed, crashes, ...rough });
  await crashes.pause(() => laptop.look(endpointId));
  storm(laptop, seed);
  await laptop.run(2 * 24 * 3600);
  laptop.azure.faults.clear();
  const isComplete = JSON.stringify(await laptop.seen(zoneGroupId)).includes(openai);
  await expectEnd(laptop, endpointId, isComplete, crashes.kills());
});

test.each(seeds)("seed %i: a cluster is there in the end, sealed, or as it was", async (seed) => {
  const crashes = crashesAt(killsBy(seed, 300));
  const laptop = createLaptop({ estate: [workspace()], seed, crashes, ...rough });
  await crashes.pause(() => laptop.portsFor("run").gates.install());
  laptop.advance(60);
  const made = laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
  expect(made.status).toBe(201);
  storm(laptop, seed);
  await laptop.run(10 * 24 * 3600); // a drain that ARM forgot is given up after a week
  laptop.azure.faults.clear();
  const nodes = Reflect.get((await laptop.seen(clusterId))?.properties ?? {}, "properties");
  expect(nodes).toMatchObject({ scaleSettings: { minNodeCount: 1, maxNodeCount: 4 } });
  await expectEnd(laptop, clusterId, nodes.enableNodePublicIp === false, crashes.kills());
});

test.each(seeds)("seed %i: what no event told of is found by a sweep", async (seed) => {
  const crashes = crashesAt(killsBy(seed, 200));
  const laptop = createLaptop({ estate: [account()], seed, crashes, ...rough });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(600);
  laptop.loseEvents();
  storm(laptop, seed);
  for (let week = 0; week < 3; week++) {
    if (week === 2) laptop.azure.faults.clear(); // Resource Graph is behind, but not for a week
    await laptop.sweep();
    for (const days of [0.5, 0.5, 6]) {
      await laptop.run(24 * 3600);
      laptop.advance(days * 24 * 3600); // a sweep that got stuck is begun again after six hours
    }
  }
  const isClosed = (await accessOf(laptop)) === "Disabled";
  await expectEnd(laptop, accountId, isClosed, crashes.kills());
  const reports = (await laptop.blobs.list("reports"))
    .filter((it) => it.endsWith("~weekly.json"))
    .sort();
  expect(reports.length).toBeGreaterThanOrEqual(3);
  const last = await laptop.blobs.get("reports", reports.at(-1) ?? "");
  const { totals } = JSON.parse(last ?? "");
  const findings = isClosed ? 0 : 1;
  expect(totals).toMatchObject({ resources: 1, findings, notEvaluated: 0 });
});

const type = "Microsoft.CognitiveServices/accounts";
const access = `${type}/publicNetworkAccess`;
const policies = [
  ["deny", { field: access, equals: "Disabled" }, {}],
  [
    "modify",
    { field: access, notEquals: "Enabled" },
    {
      details: {
        roleDefinitionIds: [
          "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
        ],
        conflictEffect: "audit",
        operations: [{ operation: "addOrReplace", field: access, value: "Enabled" }],
      },
    },
  ],
] as const;

/** Somebody else's Azure Policy wants it open: Airlock says so and gives way, and fights with nobody. */
test.each(
  policies.flatMap(([effect, condition, more]) =>
    seeds.map((seed) => ({ seed, effect, condition, more })),
  ),
)(
  "seed $seed: a policy's $effect keeps an account open; it is held, and never called closed",
  async ({ seed, effect, condition, more }) => {
    const laptop = createLaptop({ estate: [account()], seed, ...rough });
    await laptop.remembered(accountId);
    open(laptop);
    govern(laptop, { allOf: [{ field: "type", equals: type }, condition] }, { effect, ...more });
    storm(laptop, seed);
    await laptop.run(24 * 3600);
    laptop.azure.faults.clear();
    const records = await laptop.records(accountId);
    expect(await accessOf(laptop), trail(records)).toBe("Enabled");
    expect((await decision(laptop))?.do, trail(records)).toBe("hold");
    expect(records.at(-1)?.entry.action, trail(records)).toBe("failed");
    expectTruth(records, laptop.writes(), 0);
  },
);

/** A policy of the subscription, assigned to it; what it refuses is seen at the next write. */
function govern(laptop: Laptop, condition: object, then: object): void {
  const scope = `/subscriptions/${subscription}/providers/Microsoft.Authorization`;
  const definition = `${scope}/policyDefinitions/open`;
  const put = (id: string, body: object) => {
    const { status, body: said } = laptop.write("PUT", `${id}?api-version=2023-04-01`, body);
    if (status !== 201) throw new Error(JSON.stringify(said));
  };
  put(definition, { properties: { mode: "Indexed", policyRule: { if: condition, then } } });
  put(`${scope}/policyAssignments/open`, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: { policyDefinitionId: definition },
  });
}
