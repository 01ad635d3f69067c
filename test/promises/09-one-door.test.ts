import { expect, test } from "vitest";
import { evaluateNow, statusOf } from "../../src/pipeline/ask.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { access, open } from "../support/scenes.ts";
import { trail } from "../support/truth.ts";

async function opened(): Promise<Laptop> {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(120);
  laptop.azure.settle();
  return laptop;
}

const doors: Readonly<Record<string, (laptop: Laptop) => Promise<unknown>>> = {
  event: async () => {},
  person: (laptop) => evaluateNow(laptop.portsFor("run"), accountId),
  look: (laptop) => laptop.look(accountId),
};

test.for(Object.entries(doors))("through the door of an %s the same is done", async ([, enter]) => {
  const laptop = await opened();
  await enter(laptop);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, verified 0");
  expect(laptop.writes()).toHaveLength(1);
});

test("a person is answered at once, and told while work goes on", async () => {
  const laptop = await opened();
  const ports = laptop.portsFor("run");
  const status = await evaluateNow(ports, accountId);
  expect(status.isWorking).toBe(true);
  expect(status.findings[0]?.journal.map((it) => it.entry.action)).toEqual(["intended", "applied"]);
  await laptop.run(3600);
  const after = await statusOf(ports, status.resourceId);
  expect(after.isWorking).toBe(false);
  expect(after.findings[0]).toMatchObject({ verdict: "compliant", decision: { do: "nothing" } });
});
