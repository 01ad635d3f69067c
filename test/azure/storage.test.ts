import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStorage, type Storage, startStorage } from "../../dev/storage.ts";
import { createBlobs } from "../../src/azure/blobs.ts";
import { createQueue } from "../../src/azure/queue.ts";

const noCredential = { getToken: async () => null };
let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
  const names = { queues: ["reconcile", "later", "latest"], tables: [], containers: ["records"] };
  await createStorage(storage.connectionString, names);
});
afterAll(() => storage.close());

const blobs = () => createBlobs(storage, noCredential);
const queue = () => createQueue(storage, noCredential);
async function received(name: string) {
  const client = new QueueClient(storage.connectionString, name);
  return (await client.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems;
}
const hiddenSeconds = (name: string) =>
  ((storage.nextVisibleAt([name])?.getTime() ?? 0) - Date.now()) / 1000;

test("a text is whole when it comes back, and the last one written", async () => {
  for (const text of ["", "first", "Grüße 🔒".repeat(20_000)]) {
    await blobs().put("records", "sweeps/x/y.json", text, "application/json");
    expect(await blobs().get("records", "sweeps/x/y.json")).toBe(text);
  }
  await blobs().put("records", "a", "1", "text/plain");
  expect(await blobs().list("records")).toEqual(["a", "sweeps/x/y.json"]);
});

test("a blob that is not there is undefined; a container that is not there is an error", async () => {
  expect(await blobs().get("records", "absent")).toBeUndefined();
  await expect(blobs().get("reports", "absent")).rejects.toMatchObject({ kind: "stop" });
  await expect(blobs().list("reports")).rejects.toMatchObject({ kind: "stop" });
});

test("a message is Base64 JSON and does not expire", async () => {
  const item = { schema: 1, resourceId: "/subscriptions/s", text: "Grüße" };
  await queue().send("reconcile", item, -5);
  const [message, ...others] = await received("reconcile");
  expect(others).toEqual([]);
  expect(JSON.parse(Buffer.from(message?.messageText ?? "", "base64").toString())).toEqual(item);
  expect(message?.expiresOn.getUTCFullYear()).toBe(9999);
});

test("a message hides for its delay, at most for seven days", async () => {
  await queue().send("later", { n: 1 }, 299.2);
  await queue().send("latest", { n: 2 }, 30 * 24 * 3600);
  for (const [name, seconds] of [
    ["later", 300],
    ["latest", 7 * 24 * 3600],
  ] as const) {
    expect(await received(name)).toEqual([]);
    expect(Math.abs(hiddenSeconds(name) - seconds)).toBeLessThan(3);
  }
});

test("what is too large, or has no queue, is said", async () => {
  const fits = "x".repeat(48 * 1024 - 2);
  await queue().send("reconcile", fits, 300);
  await expect(queue().send("reconcile", `${fits}x`, 0)).rejects.toMatchObject({ kind: "invalid" });
  await expect(queue().send("sweep-batch", 1, 0)).rejects.toMatchObject({ kind: "stop" });
});
