import { expect, test } from "vitest";
import { answer } from "../../src/pipeline/approve.ts";
import {
  account,
  accountId,
  endpoint,
  endpointId,
  openai,
  otherNetwork,
  reachable,
  zone,
  zoneGroup,
} from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";

const old = { publicNetworkAccess: "Enabled" };
const newborn = { systemData: { createdAt: "2026-11-24T12:30:00Z" } };

async function looked(estate: readonly object[], enforcement: "drift" | "full" = "drift") {
  const laptop = createLaptop({ estate, settings: { enforcement } });
  await laptop.portsFor("run").gates.install(); // installed at noon
  laptop.advance(3600);
  await laptop.look(accountId);
  await laptop.run(3600);
  return laptop;
}

test("what was open before Airlock came is held, however reachable it is", async () => {
  const laptop = await looked([account(old), ...reachable()]);
  expect(await access(laptop)).toBe("Enabled");
  expect((await decision(laptop))?.because).toContain("open before Airlock came");
});

test("with enforcement full, what is provably reachable is closed", async () => {
  const laptop = await looked([account(old), ...reachable()], "full");
  expect(await access(laptop)).toBe("Disabled");
});

test("what is new and provably reachable is closed", async () => {
  const laptop = await looked([account(old, newborn), ...reachable()]);
  expect(await access(laptop)).toBe("Disabled");
});

test.for([
  ["no private endpoint", [account(old, newborn)], "no approved private endpoint"],
  [
    "a pending endpoint",
    [account(old, newborn), ...endpoint("manualPrivateLinkServiceConnections")],
    "no approved private endpoint",
  ],
  ["no zone group", [account(old, newborn), ...endpoint(), ...zone(openai)], "has no record"],
  [
    "a zone that is not linked",
    [account(old, newborn), ...endpoint(), ...zone(openai, []), zoneGroup(openai)],
    "not linked",
  ],
  [
    "a zone that is linked elsewhere",
    [account(old, newborn), ...endpoint(), ...zone(openai, [otherNetwork]), zoneGroup(openai)],
    "not linked",
  ],
] as const)("%s: held even where enforcement is full", async ([, estate, because]) => {
  const laptop = await looked(estate, "full");
  expect(await access(laptop)).toBe("Enabled");
  expect(await decision(laptop)).toMatchObject({ do: "hold" });
  expect((await decision(laptop))?.because).toContain(because);
});

test("drift is closed: it was closed before, and nobody has lost a way in since", async () => {
  const laptop = createLaptop({ estate: [account(), ...reachable()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
});

test("it is no drift when the private endpoint is gone since", async () => {
  const laptop = createLaptop({ estate: [account(), ...reachable()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.write("DELETE", `${endpointId}?api-version=2025-05-01`);
  laptop.advance(60);
  laptop.azure.settle();
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Enabled");
  expect(await decision(laptop)).toMatchObject({ do: "hold" });
});

test("it is no drift when it was closed more than 30 days ago", async () => {
  const laptop = createLaptop({ estate: [account(), ...reachable()] });
  await laptop.remembered(accountId);
  laptop.advance(31 * 24 * 3600);
  open(laptop);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Enabled");
});

test("a person may close what is held; their word is good for what was shown, and no more", async () => {
  const laptop = await looked([account(old)]);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  const said = { answer: "approve", by: "a person", reason: "nobody calls it" } as const;
  const id = finding?.id ?? "";
  await laptop.portsFor("run").estate.approve(finding as never, {
    ...said,
    shown: "another plan",
    at: laptop.now().toISOString(),
    until: "2027-01-01T00:00:00Z",
  });
  await laptop.look(accountId);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Enabled");
  await answer(laptop.portsFor("run"), { id: id.slice(0, 4), ...said });
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
});
