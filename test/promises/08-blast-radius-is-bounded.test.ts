import { expect, test } from "vitest";
import { resume, stop } from "../../src/pipeline/switches.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";

test("the switch holds a plan before its write, and resuming lets it go on", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  await stop(laptop.portsFor("run"), "a person", "an incident");
  open(laptop);
  await laptop.run(48 * 3600);
  expect(await access(laptop)).toBe("Enabled");
  expect(await decision(laptop)).toMatchObject({ do: "hold" });
  expect((await decision(laptop))?.because).toContain("an incident");

  await resume(laptop.portsFor("run"), "a person", "it is over");
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
});

test("both words of the switch are in the audit log", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await stop(laptop.portsFor("run"), "a person", "an incident");
  await resume(laptop.portsFor("run"), "a person", "it is over");
  const said = (await laptop.records("")).map(({ entry }) => entry.action);
  expect(said).toEqual(["stopped", "started"]);
});

test("a resource gets no more writes a day than its cap", async () => {
  const laptop = createLaptop({ estate: [account()] });
  const ports = laptop.portsFor("run");
  const plan = { ruleId: "r", resourceId: accountId } as never;
  const answers = [];
  for (let n = 0; n < 13; n++) answers.push(await ports.gates.mayWrite(plan));
  expect(answers.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => undefined));
  expect(answers[12]).toContain("cap");
  laptop.advance(24 * 3600);
  expect(await ports.gates.mayWrite(plan)).toBeUndefined();
});

test("a rule gets no more writes an hour than its cap, over all resources", async () => {
  const laptop = createLaptop({ estate: [account()] });
  const ports = laptop.portsFor("run");
  const ask = (n: number) =>
    ports.gates.mayWrite({ ruleId: "r", resourceId: `${accountId}${n}` } as never);
  const answers = [];
  for (let n = 0; n < 61; n++) answers.push(await ask(n));
  expect(answers.filter((it) => it === undefined)).toHaveLength(60);
  expect(await ask(99)).toContain("cap");
});
