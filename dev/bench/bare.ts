import { TableClient, TableServiceClient } from "@azure/data-tables";
import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { airlockPrincipal, type Laptop } from "../laptop.ts";
import type { Call } from "./calls.ts";

type Bare = Readonly<{
  laptop: Laptop;
  table: TableClient;
  queue: QueueClient;
  held: { messageId: string; popReceipt: string }[];
  headers: Readonly<Record<string, string>>;
}>;

const row = { partitionKey: "p", rowKey: "r", text: "x".repeat(500) };
const text = Buffer.from(JSON.stringify(row)).toString("base64");
const closed = JSON.stringify({ properties: { publicNetworkAccess: "Disabled" } });

/** The same calls by hand: fetch for ARM, the storage clients as they are, and nothing in between. */
export async function bareLoop(laptop: Laptop): Promise<(calls: readonly Call[]) => Promise<void>> {
  const { connectionString } = laptop.storage;
  const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient("bench");
  const options = { allowInsecureConnection: true };
  await TableServiceClient.fromConnectionString(connectionString, options).createTable("bench");
  await queue.create();
  const table = TableClient.fromConnectionString(connectionString, "bench", options);
  await table.upsertEntity(row);
  return async (calls) => {
    const token = laptop.azure.principals.token(airlockPrincipal);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const bare: Bare = { laptop, table, queue, held: [], headers };
    for (const together of grouped(calls)) await Promise.all(together.map((it) => make(bare, it)));
  };
}

const isPoll = ({ service, method }: Call) => service === "queue" && method === "GET";

/** The host polls its queues at once; all else is one after the other. */
function grouped(calls: readonly Call[]): readonly (readonly Call[])[] {
  const groups: Call[][] = [];
  for (const it of calls) {
    const last = groups.at(-1);
    if (last && isPoll(it) && last.every(isPoll)) last.push(it);
    else groups.push([it]);
  }
  return groups;
}

function make(bare: Bare, call: Call): Promise<unknown> {
  switch (call.service) {
    case "arm":
      return askArm(bare, call);
    case "queue":
      return askQueue(bare, call);
    case "table":
      return askTable(bare, call);
  }
}

async function askArm({ laptop, headers }: Bare, { method, url }: Call): Promise<unknown> {
  const body = method === "PATCH" ? { body: closed } : {};
  const answer = await fetch(`${laptop.arm}${url}`, { method, headers, ...body });
  if (!answer.ok) throw new Error(`ARM answered ${answer.status} to ${method} ${url}.`);
  return answer.json();
}

async function askQueue({ queue, held }: Bare, { method }: Call): Promise<unknown> {
  if (method === "POST") return queue.sendMessage(text, { messageTimeToLive: -1 });
  if (method === "GET") {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 4 });
    return held.push(...receivedMessageItems);
  }
  const message = held.pop();
  if (!message) throw new Error("No message is held that could be deleted.");
  return queue.deleteMessage(message.messageId, message.popReceipt);
}

async function askTable({ table }: Bare, { method, url }: Call): Promise<unknown> {
  if (method === "PATCH") return table.updateEntity(row, "Merge");
  if (url.includes("$filter")) return table.listEntities().byPage().next();
  if (method === "GET") return table.getEntity(row.partitionKey, row.rowKey);
  if (url.endsWith("$batch"))
    return table.submitTransaction(
      ["a", "b", "c"].map((rowKey) => ["upsert", { ...row, rowKey }, "Replace"]),
    );
  return table.createEntity({ ...row, partitionKey: "new", rowKey: crypto.randomUUID() });
}
