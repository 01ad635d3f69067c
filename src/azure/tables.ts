import type { TokenCredential } from "@azure/core-auth";
import { odata, TableClient, type TransactionAction } from "@azure/data-tables";
import { AirlockError } from "../model/airlock-error.ts";
import type { Row, Table, TableName, Tables, Write } from "../records/ports.ts";
import { storageError } from "./errors.ts";
import { isMissing, type StorageSettings, serviceUrl } from "./storage.ts";
import { checkWrites } from "./table-limits.ts";
import { entityOf, rowOf } from "./table-rows.ts";

/** Azure Table Storage. Reads are repeated by the client; writes never: the caller reads back. */
export function createTables(storage: StorageSettings, credential: TokenCredential): Tables {
  const tables = new Map<TableName, Table>();
  return (name) => {
    const table = tables.get(name) ?? tableOf(name, storage, credential);
    tables.set(name, table);
    return table;
  };
}

/** Of one try; the client itself has no limit. */
const timeoutMs = 10_000;

function clientOf(
  name: TableName,
  storage: StorageSettings,
  credential: TokenCredential,
  maxRetries: number,
): TableClient {
  const options = { retryOptions: { maxRetries, maxRetryDelayInMs: 2000 } };
  const client =
    "connectionString" in storage
      ? TableClient.fromConnectionString(storage.connectionString, name, {
          ...options,
          allowInsecureConnection: true,
        })
      : new TableClient(serviceUrl(storage.accountName, "table"), name, credential, options);
  client.pipeline.addPolicy(
    {
      name: "deadline",
      sendRequest(request, next) {
        request.abortSignal = AbortSignal.timeout(timeoutMs);
        return next(request);
      },
    },
    { afterPhase: "Retry" },
  );
  return client;
}

function tableOf(name: TableName, storage: StorageSettings, credential: TokenCredential): Table {
  const reading = clientOf(name, storage, credential, 3);
  const writing = clientOf(name, storage, credential, 0);
  const query = (filter: string) => rowsOf(reading, filter);
  return {
    async get(partition, row) {
      try {
        return rowOf(await reading.getEntity(partition, row));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw storageError(error, false);
      }
    },
    rows: (partition, from, to) =>
      query(odata`PartitionKey eq ${partition} and RowKey ge ${from} and RowKey lt ${to}`),
    everywhere: (row) => query(odata`RowKey eq ${row}`),
    write: (partition, it) => write(writing, partition, it),
    transact: (partition, writes) => transact(writing, partition, writes),
  };
}

async function rowsOf(client: TableClient, filter: string): Promise<readonly Row[]> {
  try {
    const rows: Row[] = [];
    for await (const it of client.listEntities({ queryOptions: { filter } })) rows.push(rowOf(it));
    return rows;
  } catch (error) {
    throw storageError(error, false);
  }
}

async function write(client: TableClient, partition: string, it: Write): Promise<string> {
  check(partition, [it]);
  try {
    return await writeOne(client, partition, it);
  } catch (error) {
    if (it.do === "remove" && isMissing(error)) return "";
    throw writeError(error);
  }
}

async function writeOne(client: TableClient, partition: string, it: Write): Promise<string> {
  if (it.do === "remove") {
    await client.deleteEntity(partition, it.row);
    return "";
  }
  const entity = entityOf(partition, it.row, it.columns);
  if (it.do === "insert") return (await client.createEntity(entity)).etag ?? "";
  const mode = it.do === "merge" ? "Merge" : "Replace";
  const done =
    it.etag === undefined
      ? await client.upsertEntity(entity, mode)
      : await client.updateEntity(entity, mode, { etag: it.etag });
  return done.etag ?? "";
}

/** One removal of what is absent refuses all: then the absent ones are left out. */
async function transact(
  client: TableClient,
  partition: string,
  writes: readonly Write[],
): Promise<readonly string[]> {
  check(partition, writes);
  try {
    return await submit(client, partition, writes);
  } catch (error) {
    if (!isMissing(error) || !writes.some((it) => it.do === "remove")) throw writeError(error);
  }
  const present = await withoutMissing(client, partition, writes);
  try {
    const etags = await submit(client, partition, present);
    return writes.map((it) => etags[present.indexOf(it)] ?? "");
  } catch (error) {
    throw writeError(error);
  }
}

async function submit(
  client: TableClient,
  partition: string,
  writes: readonly Write[],
): Promise<readonly string[]> {
  if (writes.length === 0) return [];
  const actions = writes.map((it) => actionOf(partition, it));
  const { subResponses } = await client.submitTransaction(actions);
  return subResponses.map((it) => it.etag ?? "");
}

async function withoutMissing(
  client: TableClient,
  partition: string,
  writes: readonly Write[],
): Promise<readonly Write[]> {
  const isThere = async (it: Write): Promise<boolean> => {
    if (it.do !== "remove") return true;
    try {
      await client.getEntity(partition, it.row, { queryOptions: { select: ["RowKey"] } });
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw storageError(error, false);
    }
  };
  const there = await Promise.all(writes.map(isThere));
  return writes.filter((_, i) => there[i]);
}

function actionOf(partition: string, it: Write): TransactionAction {
  if (it.do === "remove") return ["delete", { partitionKey: partition, rowKey: it.row }];
  const entity = entityOf(partition, it.row, it.columns);
  if (it.do === "insert") return ["create", entity];
  const mode = it.do === "merge" ? "Merge" : "Replace";
  return it.etag === undefined
    ? ["upsert", entity, mode]
    : ["update", entity, mode, { etag: it.etag }];
}

/** An empty etag is none that Azure gave: sent as a header, it could pass for no condition at all. */
function check(partition: string, writes: readonly Write[]): void {
  checkWrites(partition, writes);
  if (writes.some((it) => "etag" in it && it.etag === ""))
    throw new AirlockError("conflict", "The etag of a row is not known.");
}

/** A row that an etag or a removal counted on and that is gone: another writer was first. */
const writeError = (error: unknown): AirlockError =>
  isMissing(error)
    ? new AirlockError("conflict", "The row is gone.", { cause: error })
    : storageError(error, true);
