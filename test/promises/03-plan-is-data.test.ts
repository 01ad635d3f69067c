import { expect, test } from "vitest";
import { observe } from "../../src/pipeline/ask.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";

test("observing shows the very request that would be sent, and writes nothing anywhere", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  const before = await laptop.tables("estate").rows("", "", "~");
  const shown = await observe(laptop.portsFor("run"), accountId);
  expect(shown.findings[0]).toMatchObject({ verdict: "violation", decision: { do: "apply" } });
  expect(laptop.writes()).toEqual([]);
  expect(await laptop.records(accountId)).toEqual([]);
  expect(await laptop.tables("estate").rows("", "", "~")).toEqual(before);

  await laptop.run(3600);
  const [intended] = (await laptop.records(accountId)).map((it) => it.entry);
  expect(intended).toMatchObject({ request: shown.findings[0]?.requests[0] });
});

test("an installation that observes reports and never writes", async () => {
  const laptop = createLaptop({ estate: [account()], settings: { enforcement: "observe" } });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(24 * 3600);
  expect(await access(laptop)).toBe("Enabled");
  expect(await decision(laptop)).toMatchObject({ do: "report" });
  expect(laptop.writes()).toEqual([]);
});
