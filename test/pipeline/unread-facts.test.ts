import { expect, test } from "vitest";
import { answer } from "../../src/pipeline/approve.ts";
import {
  account,
  accountId,
  cognitive,
  endpoint,
  endpointId,
  openai,
  reachable,
  zone,
  zoneGroup,
  zoneGroupId,
} from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";
import { trail } from "../support/truth.ts";
import { failure } from "../support/weather.ts";

/** Nine readings that fail, one after the other. */
const unreadable = (urlIncludes: string, status = 503) =>
  ({ method: "GET", urlIncludes, times: 9, answer: failure(status, "Later") }) as const;

const incomplete = () => [
  account(),
  ...endpoint(),
  ...zone(cognitive),
  ...zone(openai),
  zoneGroup(cognitive),
];
const isComplete = async (laptop: Laptop) =>
  JSON.stringify(await laptop.seen(zoneGroupId)).includes(openai);
const whole = "intended 0, applied 0, verified 0";

const facts = [
  ["the target, for the rule", "/accounts/openai-prod"],
  ["the records, for a guard", "recordsetnamesuffix=openai-prod"],
  ["the network, for the plan", "/virtualNetworks/"],
] as const;

test.for([429, 503].flatMap((status) => facts.map(([what, url]) => [what, status, url] as const)))(
  "%s, %i for a while: looked at again without another event, and repaired",
  async ([, status, url]) => {
    const laptop = createLaptop({ estate: incomplete() });
    laptop.azure.faults.add(unreadable(url, status));
    await laptop.look(endpointId);
    await laptop.run(3600);
    expect(laptop.azure.faults.list()).toEqual([]);
    expect(await isComplete(laptop)).toBe(true);
    expect(trail(await laptop.records(endpointId))).toBe(whole);
  },
);

test("what proves a repair cannot be read for a while: it has not failed", async () => {
  const laptop = createLaptop({ estate: incomplete() });
  await laptop.look(endpointId);
  laptop.azure.faults.add({ ...unreadable("/accounts/openai-prod"), skip: 2 });
  await laptop.run(3600);
  expect(laptop.azure.faults.list()).toEqual([]);
  expect(await isComplete(laptop)).toBe(true);
  expect(trail(await laptop.records(endpointId))).toBe(whole);
});

test("a guard that nobody could read is not overruled by a yes; it is asked again", async () => {
  const opened = account({ publicNetworkAccess: "Enabled" });
  const laptop = createLaptop({ estate: [opened, ...reachable()] });
  await laptop.look(accountId);
  await laptop.run(600);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  expect(finding?.decision.do).toBe("hold");
  laptop.azure.faults.add({ ...unreadable("/privateEndpoints/"), times: 3 });
  const said = { answer: "approve", by: "a person", reason: "seen" } as const;
  await answer(laptop.portsFor("run"), { id: finding?.id ?? "", ...said });
  await laptop.run(1);
  expect([laptop.writes(), (await decision(laptop))?.do]).toEqual([[], "wait"]);
  await laptop.run(600);
  expect(await access(laptop)).toBe("Disabled");
});

test("what a sweep could not read in time is looked at once it can be read", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(600);
  laptop.loseEvents();
  laptop.azure.faults.add({ ...unreadable("/accounts/openai-prod"), times: 4 });
  await laptop.sweep();
  await laptop.run(24 * 3600);
  const [report] = (await laptop.blobs.list("reports")).filter((it) => it.endsWith(".json"));
  const { totals } = JSON.parse((await laptop.blobs.get("reports", report ?? "")) ?? "");
  expect(totals).toMatchObject({ notEvaluated: 1 });
  expect(await access(laptop)).toBe("Disabled");
});

test("what cannot be read for a day is given up, and reported as unknown", async () => {
  const laptop = createLaptop({ estate: incomplete() });
  const { times: _, ...forGood } = unreadable("/accounts/openai-prod");
  laptop.azure.faults.add(forGood);
  await laptop.look(endpointId);
  await laptop.run(3 * 24 * 3600);
  const [finding] = (await laptop.recall(endpointId))?.findings ?? [];
  expect(finding?.verdict.status).toBe("unknown");
  expect(await laptop.tables("poison").rows("2026-11-25", "0", "~")).not.toEqual([]);
  expect(laptop.writes()).toEqual([]);
});
