import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Entry } from "../../src/model/audit-record.ts";
import type { ResourceId } from "../../src/model/resource-id.ts";
import { chainHash } from "../../src/records/chain.ts";
import { verifyChains } from "../../src/records/verify-chain.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { open } from "../support/scenes.ts";

/** The vector that docs/architecture.md prints, for whoever writes a verifier of their own. */
const entry: Entry = {
  schema: 1,
  recordId: "00000000-0000-4000-8000-000000000001",
  at: "2026-11-24T12:00:00.000Z",
  runId: "run",
  resourceId: "",
  action: "stopped",
  by: "a person",
  reason: "a test",
};

test("the vector in the docs is the one that is computed", () => {
  const hash = chainHash(1, "", entry);
  const docs = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
  expect(docs).toContain(JSON.stringify(entry));
  expect(docs).toContain(hash);
});

async function repaired(): Promise<{ laptop: Laptop; key: string }> {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  const [head] = await laptop.tables("journal").everywhere("head");
  return { laptop, key: head?.partition ?? "" };
}

const verify = ({ tables, blobs }: Laptop) => verifyChains(tables("journal"), blobs);

test("a chain as it was written is whole", async () => {
  const { laptop } = await repaired();
  expect(await verify(laptop)).toMatchObject([{ resourceId: accountId, records: 3 }]);
  expect((await verify(laptop))[0]?.broken).toBeUndefined();
});

test.for([
  ["a word of a record", "r0000000002", { entry: '{"action":"applied"}' }],
  ["a record that claims another past", "r0000000003", { previous: "0".repeat(64) }],
  ["a hash", "r0000000001", { hash: "0".repeat(64) }],
] as const)("%s that was changed is named", async ([, row, columns]) => {
  const { laptop, key } = await repaired();
  await laptop.tables("journal").write(key, { do: "merge", row, columns });
  expect((await verify(laptop))[0]?.broken?.row).toBe(row);
});

test("a record that was removed from the middle is named by the one that is missing", async () => {
  const { laptop, key } = await repaired();
  await laptop.tables("journal").write(key, { do: "remove", row: "r0000000002" });
  expect((await verify(laptop))[0]?.broken).toMatchObject({ because: "Record 2 is missing." });
});

test("a tail that was cut shows at the head", async () => {
  const { laptop, key } = await repaired();
  await laptop.tables("journal").write(key, { do: "remove", row: "r0000000003" });
  expect((await verify(laptop))[0]?.broken?.row).toBe("head");
});

test("a record too large for a row lies in a blob by its hash, and a changed blob is named", async () => {
  const laptop = createLaptop({ estate: [account()] });
  const big = { ...entry, resourceId: accountId as ResourceId, reason: "x".repeat(40_000) };
  await laptop.portsFor("run").journal.note(accountId as ResourceId, big);
  expect((await laptop.records(accountId))[0]?.entry).toMatchObject({ reason: big.reason });
  const [name = ""] = await laptop.blobs.list("records");
  await laptop.blobs.put("records", name, "{}", "application/json");
  expect((await verify(laptop))[0]?.broken?.because).toContain(name);
});
