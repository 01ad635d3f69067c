import { expect } from "vitest";
import { crashesAt } from "../support/crashes.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { expectTruth, trail } from "../support/truth.ts";

/** Sealed, seen so, opened by a developer; the kills count from the developer's event on. */
export async function reopened(points: readonly number[]) {
  const crashes = crashesAt(points);
  const laptop = createLaptop({ estate: [account()], crashes });
  await laptop.remembered(accountId);
  laptop.write("PATCH", `${accountId}?api-version=2025-06-01`, {
    properties: { publicNetworkAccess: "Enabled" },
  });
  await laptop.run(24 * 3600);
  return { laptop, crashes };
}

/** Wherever it was killed, the account is closed and the record true. Says how many kills were met. */
export async function expectClosed(points: readonly number[]) {
  const { laptop, crashes } = await reopened(points);
  const seen = await laptop.seen(accountId);
  const records = await laptop.records(accountId);
  const said = `killed at ${points}: ${trail(records)}`;
  expect(seen?.properties, said).toMatchObject({ publicNetworkAccess: "Disabled" });
  expect(records.at(-1)?.entry.action, said).toBe("verified");
  expectTruth(records, laptop.writes(), crashes.kills());
  expect((await laptop.recall(accountId))?.findings, said).toEqual([]);
  return { trail: trail(records), kills: crashes.kills() };
}

/** Every second kill after each of these first ones, until no call is left to be killed at. */
export async function killTwice(first: (calm: number) => readonly number[]): Promise<number> {
  const calm = (await reopened([])).crashes.calls();
  let runs = 0;
  for (const n of first(calm))
    for (let m = n + 1; ; m++) {
      const { kills } = await expectClosed([n, m]);
      if (kills < 2) break;
      runs++;
    }
  return runs;
}
