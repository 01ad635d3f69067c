import { createRequire } from "node:module";
import { TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";

/** Azurite's own account; public, and only good on a loopback address. */
const account = "devstoreaccount1";
const accountKey =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

export type Storage = Readonly<{
  connectionString: string;
  /** When the next message of these queues becomes visible, past ones included. */
  nextVisibleAt(queues: readonly string[]): Date | undefined;
  close(): Promise<void>;
}>;

type StoredMessage = { queueName: string; timeNextVisible: number };
type Collection = { data: StoredMessage[] };
type AzuriteServer = {
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
  metadataStore: { db: { getCollection(name: string): Collection } };
};
type Maker = { default: new (...args: unknown[]) => AzuriteServer };
type ConfigurationMaker = { default: new (...args: unknown[]) => object };

const load = createRequire(import.meta.url);
const host = "127.0.0.1";

/**
 * Azurite in this process, in memory, so that it reads this process' clock. The deep imports are its
 * private parts: the version is pinned, and a test starts it.
 */
export async function startStorage(): Promise<Storage> {
  const make = (service: string, name: string, args: readonly unknown[]): AzuriteServer => {
    const configuration: ConfigurationMaker = load(
      `azurite/dist/src/${service}/${name}Configuration`,
    );
    const server: Maker = load(`azurite/dist/src/${service}/${name}Server`);
    return new server.default(new configuration.default(...args));
  };
  const security = [false, true, "", "", "", undefined, false, true]; // strict, no version check, in memory
  const files = ["", "", [{ locationId: "Default", locationPath: "", maxConcurrency: 1 }]];
  const quiet = [false, undefined, false, undefined];
  const blob = make("blob", "Blob", [host, 0, 5, ...files, ...quiet, ...security]);
  const queue = make("queue", "Queue", [host, 0, 5, ...files, ...quiet, ...security]);
  const table = make("table", "Table", [
    host,
    0,
    5,
    "",
    false,
    false,
    undefined,
    undefined,
    ...security,
  ]);
  const servers = [blob, queue, table];
  await Promise.all(servers.map((it) => it.start()));
  const address = (it: AzuriteServer) => `${it.getHttpServerAddress()}/${account}`;
  return {
    connectionString: [
      "DefaultEndpointsProtocol=http",
      `AccountName=${account}`,
      `AccountKey=${accountKey}`,
      `BlobEndpoint=${address(blob)}`,
      `QueueEndpoint=${address(queue)}`,
      `TableEndpoint=${address(table)}`,
      "",
    ].join(";"),
    nextVisibleAt: (queues) => nextVisible(queue, queues),
    close: async () => void (await Promise.all(servers.map((it) => it.close()))),
  };
}

/** Read off Azurite's memory: the queue protocol does not tell when a hidden message shows. */
function nextVisible(
  { metadataStore }: AzuriteServer,
  queues: readonly string[],
): Date | undefined {
  const messages = metadataStore.db.getCollection("$MESSAGES_COLLECTION$").data;
  const times = messages
    .filter((it) => queues.includes(it.queueName))
    .map((it) => Number(it.timeNextVisible));
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

export type StorageNames = Readonly<{
  queues: readonly string[];
  tables: readonly string[];
  containers: readonly string[];
}>;

/** Makes what the deployment makes in Azure. */
export async function createStorage(connection: string, names: StorageNames): Promise<void> {
  const queues = QueueServiceClient.fromConnectionString(connection);
  const blobs = BlobServiceClient.fromConnectionString(connection);
  const tables = TableServiceClient.fromConnectionString(connection, {
    allowInsecureConnection: true,
  });
  await Promise.all([
    ...names.queues.map((it) => queues.getQueueClient(it).createIfNotExists()),
    ...names.tables.map((it) => tables.createTable(it)),
    ...names.containers.map((it) => blobs.getContainerClient(it).createIfNotExists()),
  ]);
}
