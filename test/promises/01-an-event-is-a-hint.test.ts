import { expect, test } from "vitest";
import { intake } from "../../src/pipeline/intake.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop, subscription } from "../support/laptop.ts";

const group = `/subscriptions/${subscription}/resourceGroups/ai`;
const written = "Microsoft.Resources.ResourceWriteSuccess";
const event = (subject: string, more: object = {}) => ({
  id: crypto.randomUUID(),
  type: written,
  subject,
  time: "2026-11-24T12:00:00Z",
  data: { claims: { name: "somebody" } },
  ...more,
});

/** What one event costs: ARM calls, and what became of it. */
async function costOf(...events: ReturnType<typeof event>[]) {
  const laptop = createLaptop({ estate: [account()] });
  const taken = [];
  for (const it of events) taken.push(await intake(laptop.portsFor("run"), it));
  await laptop.run(3600);
  return { taken, reads: laptop.arm.exchanges, writes: laptop.writes(), laptop };
}

test.for([
  ["a dot segment", `${group}/providers/Microsoft.CognitiveServices/accounts/../x`],
  ["an encoded slash", `${group}/providers/Microsoft.CognitiveServices/accounts/a%2Fb`],
  ["a host", "https://evil.example/subscriptions/x"],
  ["two slashes", `/${accountId}`],
  ["a query", `${accountId}?api-version=1`],
  ["a fragment", `${accountId}#x`],
  ["2,000 segments", `/subscriptions/${subscription}${"/a".repeat(2000)}`],
  ["a type without a name", `${group}/providers/Microsoft.CognitiveServices/accounts`],
  ["no GUID", accountId.replace(subscription, "sub")],
  ["control characters", `${accountId}\u0000`],
  ["nothing", ""],
] as const)("%s in an id is refused and kept, ARM is not asked", async ([, subject]) => {
  const { taken, reads, laptop } = await costOf(event(subject));
  expect(taken[0]?.kind).toBe("refused");
  expect(taken[0]?.because).toContain("subject");
  expect(reads).toEqual([]);
  const kept = await laptop.tables("poison").rows("2026-11-24", "0", "~");
  expect(kept).toHaveLength(1);
});

test.for([
  ["another subscription", { subject: accountId.replace(/.{4}(?=\/resourceGroups)/, "abcd") }],
  ["a type that no rule is about", { subject: `${group}/providers/Microsoft.Web/sites/x` }],
  ["an event type that is not listened to", { type: "Microsoft.Storage.BlobCreated" }],
] as const)("%s is somebody else's", async ([, more]) => {
  const { taken, reads } = await costOf(event(accountId, more));
  expect(taken[0]?.kind).toBe("ignored");
  expect(reads).toEqual([]);
});

test("a forged event costs one read and no write", async () => {
  const forged = event(accountId, { data: { properties: { publicNetworkAccess: "Enabled" } } });
  const { reads, writes } = await costOf(forged);
  expect(reads).toHaveLength(1);
  expect(writes).toEqual([]);
});

test("the same event a hundred times, in any order, costs one read", async () => {
  const one = event(accountId);
  const { reads } = await costOf(...Array.from({ length: 100 }, () => one));
  expect(reads).toHaveLength(1);
});

test.for([
  ["a child", `${accountId}/deployments/gpt`],
  ["an extension", `${accountId}/providers/Microsoft.Insights/diagnosticSettings/d`],
  ["another case", accountId.toUpperCase()],
] as const)("%s is a reason to look at the account", async ([, subject]) => {
  const { taken, reads } = await costOf(event(subject));
  expect(taken[0]?.kind).toBe("offered");
  expect(reads.map((it) => it.method)).toEqual(["GET"]);
});

test("an event of the past never clears a flag that a later one raised", async () => {
  const laptop = createLaptop({ estate: [account()] });
  const ports = laptop.portsFor("run");
  await intake(ports, event(accountId, { time: "2026-11-24T12:00:00Z" }));
  await intake(ports, event(accountId, { time: "2020-01-01T00:00:00Z" }));
  expect((await ports.journal.peek(accountId as never)).dirty).toBe(true);
  await laptop.run(3600);
  expect((await ports.journal.peek(accountId as never)).dirty).toBe(false);
});
