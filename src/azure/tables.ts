import type { TokenCredential } from "@azure/core-auth";
import {
  odata,
  TableClient,
  type TableEntityResult,
  type TransactionAction,
} from "@azure/data-tables";
import { AirlockError } from "../model/airlock-error.ts";
import type { Columns, Row, Table, TableName, Tables, Write } from "../records/ports.ts";
import { isMissing, type StorageSettings, serviceUrl, storageError } from "./storage.ts";
import { checkRow } from "./table-limits.ts";

/** Azure Table Storage. Reads are repeated by the client; conditional writes never: the caller reads back. */
export function createTables(storage: StorageSettings, credential: TokenCredential): Tables {
  const tables = new Map<TableName, Table>();
  return (name) => {
    const table = tables.get(name) ?? tableOf(name, storage, credential);
    tables.set(name, table);
    return table;
  };
}

function clientOf(
  name: TableName,
  storage: StorageSettings,
  credential: TokenCredential,
  maxRetries: number,
): TableClient {
  const options = { retryOptions: { maxRetries }, allowInsecureConnection: true };
  return "connectionString" in storage
    ? TableClient.fromConnectionString(storage.connectionString, name, options)
    : new TableClient(serviceUrl(storage.accountName, "table"), name, credential, {
        retryOptions: { maxRetries },
      });
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

type Found = TableEntityResult<Record<string, unknown>>;

function rowOf({ partitionKey = "", rowKey = "", etag, timestamp: _, ...rest }: Found): Row {
  const columns: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      columns[name] = value;
    else if (typeof value === "bigint") columns[name] = Number(value);
  }
  return { partition: partitionKey, row: rowKey, etag, columns };
}

async function write(client: TableClient, partition: string, it: Write): Promise<string> {
  try {
    return await writeOne(client, partition, it);
  } catch (error) {
    if (it.do === "remove" && isMissing(error)) return "";
    throw storageError(error, true);
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

async function transact(
  client: TableClient,
  partition: string,
  writes: readonly Write[],
): Promise<readonly string[]> {
  const present = await withoutMissing(client, partition, writes);
  if (present.length === 0) return writes.map(() => "");
  try {
    const { subResponses } = await client.submitTransaction(
      present.map((it) => actionOf(partition, it)),
    );
    const etags = new Map(present.map((it, i) => [it.row, subResponses[i]?.etag ?? ""]));
    return writes.map((it) => etags.get(it.row) ?? "");
  } catch (error) {
    throw storageError(error, true);
  }
}

/** One removal of what is absent would refuse the whole transaction. */
async function withoutMissing(
  client: TableClient,
  partition: string,
  writes: readonly Write[],
): Promise<readonly Write[]> {
  if (writes.length > 100)
    throw new AirlockError("invalid", "More than 100 writes in a transaction.");
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

function entityOf(partitionKey: string, rowKey: string, columns: Columns) {
  checkRow(partitionKey, rowKey, columns);
  return { partitionKey, rowKey, ...Object.fromEntries(Object.entries(columns).map(typed)) };
}

/** Whole numbers past 32 bits would be sent as doubles and come back rounded. */
function typed([name, value]: readonly [string, string | number | boolean]) {
  const isLong =
    typeof value === "number" && Number.isInteger(value) && Math.abs(value) > 2 ** 31 - 1;
  return [name, isLong ? { type: "Int64", value: String(value) } : value] as const;
}
