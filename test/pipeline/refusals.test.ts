import { expect, test } from "vitest";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";
import { trail } from "../support/truth.ts";

const error = (code: string) => ({ error: { code, message: `${code} was said.` } });

async function refusedWith(status: number, body: Record<string, unknown> | string, times: number) {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "PATCH", times, answer: { status, body } });
  await laptop.run(6 * 3600);
  return laptop;
}

test.for([
  ["busy", 409, error("RequestConflict")],
  ["throttled", 429, error("TooManyRequests")],
] as const)(
  "%s: refused is recorded, and it is sent again until it is taken",
  async ([, status, body]) => {
    const laptop = await refusedWith(status, body, 3);
    expect(await access(laptop)).toBe("Disabled");
    const said = trail(await laptop.records(accountId));
    expect(said).toBe(
      "intended 0, refused 0, intended 0, refused 0, intended 0, refused 0, intended 0, applied 0, verified 0",
    );
  },
);

test("a policy that denies ends in a finding that names it, and is not asked again", async () => {
  const laptop = await refusedWith(403, error("RequestDisallowedByPolicy"), 99);
  expect(await access(laptop)).toBe("Enabled");
  expect(laptop.writes()).toHaveLength(1);
  expect(trail(await laptop.records(accountId))).toBe("intended 0, refused 0, failed 0");
  expect((await decision(laptop))?.because).toContain("RequestDisallowedByPolicy");
});

test("a server error leaves the effect open: the resource tells, nothing is claimed", async () => {
  const laptop = await refusedWith(502, "<html>Bad gateway</html>", 1);
  expect(await access(laptop)).toBe("Disabled");
  const said = trail(await laptop.records(accountId));
  expect(said).toBe("intended 0, failed 0, intended 0, applied 0, verified 0");
});

test.for([
  ["throttled", 429],
  ["down", 503],
] as const)("reading that is %s is tried again, and nothing is concluded", async ([, status]) => {
  const laptop = createLaptop({ estate: [account()] });
  laptop.azure.faults.add({ method: "GET", times: 4, answer: { status, body: error("Later") } });
  await laptop.look(accountId);
  await laptop.run(3600);
  expect((await laptop.recall(accountId))?.findings).toEqual([]);
  expect(await laptop.tables("poison").rows("2026-11-24", "0", "~")).toEqual([]);
});

test("what cannot be read for a day is given up, kept as poison, and reported as unknown", async () => {
  const laptop = createLaptop({ estate: [account()] });
  laptop.azure.faults.add({ method: "GET", answer: { status: 503, body: error("Later") } });
  await laptop.look(accountId);
  await laptop.run(3 * 24 * 3600);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  expect(finding?.verdict.status).toBe("unknown");
  expect(await laptop.tables("poison").rows("2026-11-25", "0", "~")).not.toEqual([]);
});

test("gone is believed on the second look, half a minute later", async () => {
  const laptop = createLaptop({ estate: [account({ publicNetworkAccess: "Enabled" })] });
  await laptop.look(accountId);
  await laptop.run(3600);
  laptop.azure.faults.add({ method: "GET", times: 1, answer: { status: 404, body: "" } });
  await laptop.look(accountId);
  await laptop.run(3600);
  expect((await laptop.recall(accountId))?.findings).toHaveLength(1); // it had only flapped
  laptop.write("DELETE", `${accountId}?api-version=2025-06-01`);
  await laptop.run(3600);
  expect(await laptop.recall(accountId)).toBeUndefined();
});
