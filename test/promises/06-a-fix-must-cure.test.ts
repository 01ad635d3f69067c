import { expect, test } from "vitest";
import { answer } from "../../src/pipeline/approve.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";
import { trail } from "../support/truth.ts";

/** ARM takes the write and nothing comes of it, as under a policy that changes it back. */
async function withVainWrites() {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  const restore = laptop.azure.faults.add({ method: "PATCH", answer: { status: 200, body: {} } });
  await laptop.run(3600);
  return { laptop, restore };
}

test("a write that ARM took and that did not cure is failed, not verified", async () => {
  const { laptop } = await withVainWrites();
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, failed 0");
  expect(await decision(laptop)).toMatchObject({ do: "hold" });
});

test("it is not tried again while nothing changes", async () => {
  const { laptop } = await withVainWrites();
  await laptop.look(accountId);
  await laptop.run(3600);
  expect(laptop.writes()).toHaveLength(1);
});

test("it is tried again when a person asks", async () => {
  const { laptop, restore } = await withVainWrites();
  restore();
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  const said = { answer: "approve", by: "a person", reason: "the policy is gone" } as const;
  await answer(laptop.portsFor("run"), { id: finding?.id ?? "", ...said });
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  expect((await laptop.records(accountId)).at(-1)?.entry.action).toBe("verified");
});

test("a value that is seen while ARM is at work is an intention, not a proof", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(60); // sent and accepted: the reading says Disabled, the state says Accepted
  while (laptop.writes().length === 0) await laptop.run(5);
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0");
  expect(await access(laptop)).toBe("Disabled");
  await laptop.run(120);
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, verified 0");
});

test("an operation that ARM says has failed is failed", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "PATCH", times: 1, answer: "lro-fails" });
  await laptop.run(3600);
  expect((await laptop.records(accountId)).at(-1)?.entry.action).toBe("failed");
  expect(await access(laptop)).toBe("Enabled");
});

test("an operation that failed and was applied all the same is verified by what is read", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "PATCH", times: 1, answer: "lro-fails-but-applied" });
  await laptop.run(3600);
  expect((await laptop.records(accountId)).at(-1)?.entry.action).toBe("verified");
});

test("our own write's event costs one read and no write", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  expect(laptop.writes()).toHaveLength(1);
});

test("an answer that was lost is never claimed: the reading verifies it, sent unknown", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "PATCH", times: 1, answer: "lost" });
  await laptop.run(3600);
  const records = await laptop.records(accountId);
  expect(trail(records)).toBe("intended 0, verified 0");
  expect(records.at(-1)?.entry).toMatchObject({ sent: "unknown" });
  expect(laptop.writes()).toHaveLength(1);
});

test("a request that never arrived is interrupted, planned anew, and does not count as a vain fix", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  laptop.advance(60);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "PATCH", times: 1, answer: "cut" });
  await laptop.run(3600);
  const said = trail(await laptop.records(accountId));
  expect(said).toBe("intended 0, failed 0, intended 0, applied 0, verified 0");
  expect(await access(laptop)).toBe("Disabled");
});
