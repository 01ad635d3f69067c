import { fileURLToPath } from "node:url";
import { TableClient, TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { type Laptop, type LaptopOptions, startLaptop } from "../../dev/laptop.ts";
import { people } from "../../dev/people.ts";
import { subscription } from "../support/laptop.ts";

const bundle = fileURLToPath(new URL("../../dist/main.cjs", import.meta.url));

/** The built bundle on the local host, over an estate of one subscription. */
export const startApp = (options: Partial<LaptopOptions>): Promise<Laptop> =>
  startLaptop({
    estate: [],
    subscriptions: [subscription],
    owners: Object.values(people),
    bundle,
    ...options,
  });

/** Timers are run by hand, so that no test depends on the quarter hour in which it runs. */
export const withoutTimers = {
  "AzureWebJobs.tidy.Disabled": "true",
  "AzureWebJobs.weekly.Disabled": "true",
};

export type Told = Readonly<{ status: number; type: string; location: string; body: Body }>;
/** The union of all that the API answers; a test names the fields that it expects. */
type Body = Readonly<{
  title?: string;
  detail?: string;
  status?: number;
  resourceId?: string;
  statusUrl?: string;
  by?: string;
  answer?: string;
  findings?: readonly FindingBody[];
}>;
type FindingBody = Readonly<{
  id: string;
  ruleId: string;
  verdict: string;
  decision: { do: string; because: string };
  requests: readonly object[];
  journal: readonly { entry: { action: string } }[];
}>;

/** Asks the API as a client with the key would; with a body it is a POST of JSON. */
export async function ask(
  { host }: Laptop,
  path: string,
  body?: unknown,
  init: RequestInit = {},
): Promise<Told> {
  const json = { "x-functions-key": host?.key ?? "", "content-type": "application/json" };
  const answer = await fetch(new URL(path, host?.url), {
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    headers: json,
    ...init,
  });
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "",
    location: answer.headers.get("location") ?? "",
    body: text === "" ? {} : JSON.parse(text),
  };
}

export const statusOf = (laptop: Laptop, resourceId: string): Promise<Told> =>
  ask(laptop, `/api/status?${new URLSearchParams({ resourceId })}`);

/** A write to ARM by a developer. */
export function write(
  { azure }: Laptop,
  method: string,
  id: string,
  version: string,
  body: object,
): void {
  const answer = azure.answer({
    method,
    url: `https://management.azure.com${id}?api-version=${version}`,
    headers: {
      authorization: `Bearer ${azure.principals.token(people.developer)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  if (answer.status >= 400) throw new Error(JSON.stringify(answer.body));
}

export const openAccount = (laptop: Laptop, id: string): void =>
  write(laptop, "PATCH", id, "2025-06-01", { properties: { publicNetworkAccess: "Enabled" } });

/** One property of a resource, as its owner reads it. */
export function property({ azure }: Laptop, id: string, version: string, name: string): unknown {
  const { body } = azure.answer({
    method: "GET",
    url: `https://management.azure.com${id}?api-version=${version}`,
    headers: { authorization: `Bearer ${azure.principals.token(people.owner)}` },
  });
  return Reflect.get(Object(Reflect.get(Object(body), "properties")), name);
}

export const accessOf = (laptop: Laptop, id: string): unknown =>
  property(laptop, id, "2025-06-01", "publicNetworkAccess");

export const queueOf = ({ storage }: Laptop, name: string) =>
  QueueServiceClient.fromConnectionString(storage.connectionString).getQueueClient(name);

/** As Event Grid and we write it: base64. */
export async function send(laptop: Laptop, queue: string, text: string): Promise<void> {
  await queueOf(laptop, queue).sendMessage(Buffer.from(text).toString("base64"));
}

type Row = Readonly<Record<string, unknown>>;

export async function rowsOf({ storage }: Laptop, table: string): Promise<readonly Row[]> {
  const client = TableClient.fromConnectionString(storage.connectionString, table, {
    allowInsecureConnection: true,
  });
  const rows: Row[] = [];
  for await (const it of client.listEntities<Row>()) rows.push(it);
  return rows;
}

export async function blobsOf(
  { storage }: Laptop,
  container: string,
): Promise<Readonly<Record<string, string>>> {
  const client = BlobServiceClient.fromConnectionString(
    storage.connectionString,
  ).getContainerClient(container);
  const texts: Record<string, string> = {};
  for await (const { name } of client.listBlobsFlat())
    texts[name] = (await client.getBlobClient(name).downloadToBuffer()).toString("utf8");
  return texts;
}

/** All that is stored: rows, blobs, and how many messages each queue holds. */
export async function everything(laptop: Laptop): Promise<unknown> {
  const { connectionString } = laptop.storage;
  const tables = TableServiceClient.fromConnectionString(connectionString, {
    allowInsecureConnection: true,
  });
  const rows: Record<string, unknown> = {};
  for await (const { name = "" } of tables.listTables()) rows[name] = await rowsOf(laptop, name);
  const queues: Record<string, unknown> = {};
  const service = QueueServiceClient.fromConnectionString(connectionString);
  for await (const { name } of service.listQueues()) queues[name] = await waiting(laptop, name);
  const records = await blobsOf(laptop, "records");
  const reports = await blobsOf(laptop, "reports");
  return { rows, queues, records, reports };
}

/** How many messages a queue holds, hidden ones too. */
export async function waiting(laptop: Laptop, queue: string): Promise<number> {
  const { approximateMessagesCount = 0 } = await queueOf(laptop, queue).getProperties();
  return approximateMessagesCount;
}
