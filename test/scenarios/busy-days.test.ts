import { expect, test } from "vitest";
import { mulberry32 } from "../../dev/azure/random.ts";
import { answer } from "../../src/pipeline/approve.ts";
import { resume, stop } from "../../src/pipeline/switches.ts";
import { clusterBody, clusterId, workspace, workspaceId } from "../support/clusters.ts";
import { type Crashes, crashesAt } from "../support/crashes.ts";
import {
  account,
  accountId,
  endpoint,
  endpointId,
  openai,
  zone,
  zoneGroup,
  zoneGroupId,
  zoneId,
} from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { seedsOf } from "../support/seeds.ts";
import { expectTruth, trail } from "../support/truth.ts";
import { storm } from "../support/weather.ts";

const seeds = seedsOf(30);

const day = 24 * 3600;
const ids = [accountId, endpointId, workspaceId, clusterId];
const lock = `${accountId}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
const opened = { properties: { publicNetworkAccess: "Enabled" } };
const remove = "api-version=2025-06-01&underlyingResourceAction=Delete";

const recordId = `${zoneId(openai)}/A/openai-prod`;

type Days = Readonly<{ laptop: Laptop; crashes: Crashes; random(): number }>;
type Act = (it: Days) => unknown;

const write =
  (method: string, url: string, body?: object): Act =>
  ({ laptop }) =>
    laptop.write(method, url, body);

/** What people do, and what happens to them; some of it is refused, which is as good. */
const acts: readonly Act[] = [
  write("PATCH", `${accountId}?api-version=2025-06-01`, opened),
  write("PATCH", `${workspaceId}?api-version=2025-06-01`, opened),
  write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody()),
  write("DELETE", `${clusterId}?${remove}`),
  write("DELETE", `${zoneGroupId}?api-version=2024-05-01`),
  write("PUT", lock, { properties: { level: "ReadOnly" } }),
  write("DELETE", lock),
  ({ laptop, crashes }) =>
    crashes.pause(() => stop(laptop.portsFor("run"), "somebody", "a reason")),
  ({ laptop, crashes }) =>
    crashes.pause(() => resume(laptop.portsFor("run"), "somebody", "a reason")),
  ({ laptop }) => laptop.loseEvents(),
  ({ laptop, random }) => storm(laptop, Math.floor(random() * 1e6)),
  answerAll,
];

async function answerAll({ laptop, crashes, random }: Days): Promise<void> {
  for (const id of ids) {
    const finding = (await laptop.recall(id))?.findings[0];
    if (!finding?.plan) continue;
    const said = { answer: random() < 0.8 ? "approve" : "reject", by: "somebody" } as const;
    const reason = "a reason";
    await crashes.pause(() => answer(laptop.portsFor("run"), { id: finding.id, ...said, reason }));
  }
}

async function isSealed(laptop: Laptop, id: string): Promise<boolean> {
  const properties = (await laptop.seen(id))?.properties ?? {};
  if (id === clusterId) return Reflect.get(properties, "properties")?.enableNodePublicIp !== true;
  if (id !== endpointId) return Reflect.get(properties, "publicNetworkAccess") === "Disabled";
  const group = (await laptop.seen(zoneGroupId))?.properties;
  const record = await laptop.seen(recordId);
  return JSON.stringify(group ?? "").includes(openai) && record !== undefined;
}

test.each(seeds)(
  "seed %i: people are busy for days, the weather is rough, workers die",
  async (seed) => {
    const random = mulberry32(seed);
    const points = Array.from({ length: 4 }, () => 1 + Math.floor(random() * 900));
    const crashes = crashesAt(points);
    const estate = [account(), ...endpoint(), ...zone(openai), zoneGroup(openai), workspace()];
    const rough = { weather: "rough", throttling: "recorded" } as const;
    const laptop = createLaptop({ estate, seed, crashes, ...rough });
    await crashes.pause(() => laptop.portsFor("run").gates.install());
    for (const id of [accountId, endpointId, workspaceId]) await laptop.remembered(id);
    const days = { laptop, crashes, random };
    for (let n = 0; n < 14; n++) {
      await acts[Math.floor(random() * acts.length)]?.(days);
      await laptop.run(Math.floor(random() * random() * day));
      laptop.advance(Math.floor(random() * 600));
    }
    laptop.azure.faults.clear();
    await crashes.pause(() => resume(laptop.portsFor("run"), "somebody", "the end"));
    laptop.write("DELETE", lock);
    await laptop.run(10 * day);
    laptop.advance(day);
    await laptop.sweep();
    await laptop.run(10 * day);
    for (const id of ids) await expectTold(laptop, id, crashes.kills());
  },
);

/** Sealed and nothing is said of it, or open and held; and the journal tells no lies. */
async function expectTold(laptop: Laptop, id: string, kills: number): Promise<void> {
  const records = await laptop.records(id);
  const finding = (await laptop.recall(id))?.findings[0];
  const end = [await isSealed(laptop, id), finding?.decision.do];
  const said = `${id}: ${end} ${finding?.decision.because}: ${trail(records)}`;
  expect(
    [
      [true, undefined],
      [false, "hold"],
    ],
    said,
  ).toContainEqual(end);
  const written = `${id === endpointId ? zoneGroupId : id}?`.toLowerCase();
  const writes = laptop.writes().filter((it) => it.url.toLowerCase().startsWith(written));
  expectTruth(records, writes, kills);
}
