import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installClock } from "../../dev/clock.ts";
import { createStorage, type Storage, startStorage } from "../../dev/storage.ts";

const clock = installClock();
const names = { queues: ["one", "other"], tables: ["rows"], containers: ["blobs"] };
let storage: Storage;

const queueOf = (name: string) =>
  QueueServiceClient.fromConnectionString(storage.connectionString).getQueueClient(name);

const takenFrom = async (name: string, visibilityTimeout: number) => {
  const { receivedMessageItems } = await queueOf(name).receiveMessages({ visibilityTimeout });
  return receivedMessageItems.map((it) => [it.messageText, it.dequeueCount]);
};

async function namesOf(all: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of all) found.push(name);
  return found;
}

beforeAll(async () => {
  storage = await startStorage();
  await createStorage(storage.connectionString, names);
});
afterAll(() => storage.close());

test("it has what the deployment makes, and making it again changes nothing", async () => {
  await createStorage(storage.connectionString, names);
  const service = QueueServiceClient.fromConnectionString(storage.connectionString);
  const blobs = BlobServiceClient.fromConnectionString(storage.connectionString);
  expect(await namesOf(service.listQueues())).toEqual(names.queues);
  expect(await namesOf(blobs.listContainers())).toEqual(names.containers);
  const rows = TableClient.fromConnectionString(storage.connectionString, "rows", {
    allowInsecureConnection: true,
  });
  await rows.createEntity({ partitionKey: "p", rowKey: "r" });
  await expect(rows.createEntity({ partitionKey: "p", rowKey: "r" })).rejects.toMatchObject({
    statusCode: 409,
  });
});

test("a message becomes visible when the clock says so, first and again", async () => {
  await queueOf("one").sendMessage("later", { visibilityTimeout: 3600 });
  expect(await takenFrom("one", 600)).toEqual([]);
  clock.advance(3601);
  expect(await takenFrom("one", 600)).toEqual([["later", 1]]);
  clock.advance(590);
  expect(await takenFrom("one", 600)).toEqual([]);
  clock.advance(20);
  expect(await takenFrom("one", 600)).toEqual([["later", 2]]);
  await queueOf("one").clearMessages();
});

test("a message lives no longer than its time to live by the clock", async () => {
  await queueOf("one").sendMessage("short", { messageTimeToLive: 60 });
  clock.advance(61);
  expect(await takenFrom("one", 600)).toEqual([]);
});

test("it tells when the next message of some queues becomes visible", async () => {
  const inSeconds = (queues: string[]) => {
    const at = storage.nextVisibleAt(queues);
    return at && Math.round((at.getTime() - Date.now()) / 1000);
  };
  expect(inSeconds(["one", "other"])).toBeUndefined();
  await queueOf("one").sendMessage("a", { visibilityTimeout: 300 });
  await queueOf("other").sendMessage("b", { visibilityTimeout: 100 });
  expect(inSeconds(["one"])).toBeCloseTo(300, -1);
  expect(inSeconds(["one", "other"])).toBeCloseTo(100, -1);
  clock.advance(101);
  expect(await takenFrom("other", 600)).toEqual([["b", 1]]);
  expect(inSeconds(["other"])).toBeCloseTo(600, -1);
});
