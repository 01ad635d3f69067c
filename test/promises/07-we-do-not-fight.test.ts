import { expect, test } from "vitest";
import { answer } from "../../src/pipeline/approve.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";

async function foughtOver(times: number) {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  for (let n = 0; n < times; n++) {
    open(laptop);
    await laptop.run(1800);
  }
  return laptop;
}

test("three times it is closed again", async () => {
  const laptop = await foughtOver(3);
  expect(await access(laptop)).toBe("Disabled");
  expect(laptop.writes()).toHaveLength(3);
});

test("the fourth time it is left open, and people are told that somebody wants it so", async () => {
  const laptop = await foughtOver(4);
  expect(await access(laptop)).toBe("Enabled");
  expect(laptop.writes()).toHaveLength(3);
  expect(await decision(laptop)).toMatchObject({ do: "hold" });
  expect((await decision(laptop))?.because).toContain("3 times within a day");
});

test("many events of one opening count once: readings count, never events", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  for (let n = 0; n < 10; n++) await laptop.look(accountId);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  const memory = await laptop.recall(accountId);
  const [state] = Object.values(memory?.memory.rules ?? {});
  expect(state?.repairedAt).toHaveLength(1);
});

test("it goes on once a person has said so", async () => {
  const laptop = await foughtOver(4);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  const said = { answer: "approve", by: "a person", reason: "the pipeline is fixed" } as const;
  await answer(laptop.portsFor("run"), { id: finding?.id ?? "", ...said });
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
});

test("a day later the count has worn off", async () => {
  const laptop = await foughtOver(3);
  laptop.advance(25 * 3600);
  open(laptop);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
});
