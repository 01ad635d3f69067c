import { expect, test } from "vitest";
import {
  account,
  accountId,
  cognitive,
  endpoint,
  endpointId,
  openai,
  zone,
  zoneGroup,
  zoneGroupId,
} from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";
import { expectTruth, trail } from "../support/truth.ts";
import { failure, storm } from "../support/weather.ts";

/** `AIRLOCK_SEED=n npx vitest run test/scenarios/rough-weather.test.ts` plays one of them again. */
const given = process.env["AIRLOCK_SEED"];
const first = given === undefined ? Math.floor(Math.random() * 1e9) : Number(given);
const seeds = Array.from({ length: given === undefined ? 50 : 1 }, (_, n) => first + n);

test("a try that nobody answered, and then one that was turned away: it goes on", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  for (const status of [503, 429])
    laptop.azure.faults.add({ method: "PATCH", times: 1, answer: failure(status, "Busy") });
  await laptop.run(24 * 3600);
  expect(await access(laptop)).toBe("Disabled");
});

test.each(seeds)("seed %i: an opened account ends closed, or held and told", async (seed) => {
  const laptop = createLaptop({ estate: [account()], seed, weather: "rough" });
  await laptop.remembered(accountId);
  open(laptop);
  storm(laptop, seed);
  await laptop.run(24 * 3600);
  laptop.azure.faults.clear();
  const records = await laptop.records(accountId);
  const end = [await access(laptop), records.at(-1)?.entry.action, (await decision(laptop))?.do];
  const ends = [
    ["Disabled", "verified", undefined],
    ["Enabled", "failed", "hold"],
  ];
  expect(ends, `${trail(records)}: ${end}`).toContainEqual(end);
  expectTruth(records, laptop.writes(), 0);
});

test.each(seeds)("seed %i: an endpoint's zone group ends complete, or held", async (seed) => {
  const zones = [...zone(cognitive), ...zone(openai)];
  const estate = [account(), ...endpoint(), ...zones, zoneGroup(cognitive)];
  const laptop = createLaptop({ estate, seed, weather: "rough" });
  await laptop.look(endpointId);
  storm(laptop, seed);
  await laptop.run(24 * 3600);
  laptop.azure.faults.clear();
  const records = await laptop.records(endpointId);
  const isComplete = JSON.stringify(await laptop.seen(zoneGroupId)).includes(openai);
  const finding = (await laptop.recall(endpointId))?.findings[0];
  const end = [isComplete, records.at(-1)?.entry.action, finding?.decision.do];
  const ends = [
    [true, "verified", undefined],
    [false, "failed", "hold"],
  ];
  expect(ends, `${trail(records)}: ${end}`).toContainEqual(end);
  expectTruth(records, laptop.writes(), 0);
});
