import { expect, test } from "vitest";
import { crashesAt } from "../support/crashes.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { expectTruth, trail } from "../support/truth.ts";

/** Sealed, seen so, opened by a developer; the kills count from the developer's event on. */
async function reopened(points: readonly number[]) {
  const crashes = crashesAt(points);
  const laptop = createLaptop({ estate: [account()], crashes });
  await laptop.remembered(accountId);
  laptop.write("PATCH", `${accountId}?api-version=2025-06-01`, {
    properties: { publicNetworkAccess: "Enabled" },
  });
  await laptop.run(24 * 3600);
  return { laptop, crashes };
}

async function expectClosed(points: readonly number[]): Promise<string> {
  const { laptop, crashes } = await reopened(points);
  const seen = await laptop.seen(accountId);
  const records = await laptop.records(accountId);
  const said = `killed at ${points}: ${trail(records)}`;
  expect(seen?.properties, said).toMatchObject({ publicNetworkAccess: "Disabled" });
  expect(records.at(-1)?.entry.action, said).toBe("verified");
  expectTruth(records, laptop.writes(), crashes.kills());
  const memory = await laptop.recall(accountId);
  expect(memory?.findings, said).toEqual([]);
  return trail(records);
}

test("killed nowhere", async () => {
  expect(await expectClosed([])).toBe("intended 0, applied 0, verified 0");
});

test("killed once, everywhere", async () => {
  const { crashes } = await reopened([]);
  const calm = crashes.calls();
  for (let n = 1; n <= calm; n++) await expectClosed([n]);
  console.log(`${calm} schedules with one kill`);
});

test("killed twice, everywhere", async () => {
  const calm = (await reopened([])).crashes.calls();
  let runs = 0;
  for (let n = 1; n <= calm; n++)
    for (let m = n + 1; m <= calm + 40; m++) {
      await expectClosed([n, m]);
      runs++;
    }
  console.log(`${runs} schedules with two kills`);
}, 120_000);
