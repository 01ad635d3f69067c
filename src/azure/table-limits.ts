import { AirlockError } from "../model/airlock-error.ts";
import type { Columns, Write } from "../records/ports.ts";

const mostWrites = 100;
const mostColumns = 252;
const mostUnits = 32 * 1024;
const mostRowBytes = 1024 * 1024;
const mostTransactionBytes = 4 * 1024 * 1024;
const columnName = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
/** The service's own, and the names by which its client knows them. */
const reserved = ["partitionkey", "rowkey", "timestamp", "etag"];
const badKey = /[/\\#?\p{Cc}]/u;

/** Azure's real limits (azure-docs: table data model, entity group transactions); the local emulator takes more. */
export function checkWrites(partition: string, writes: readonly Write[]): void {
  if (writes.length > mostWrites) refuse(`it has more than ${mostWrites} writes`);
  if (new Set(writes.map((it) => it.row)).size < writes.length) refuse("it has one row twice");
  for (const it of writes) checkRow(partition, it);
  const bytes = writes.reduce((sum, it) => sum + bytesOf(partition, it), 0);
  if (bytes > mostTransactionBytes) refuse("it is larger than 4 MiB");
}

function refuse(because: string): never {
  throw new AirlockError("invalid", `The write cannot be stored: ${because}.`);
}

function checkRow(partition: string, it: Write): void {
  const keys = keyProblem(partition) ?? keyProblem(it.row);
  const problem = keys ?? ("columns" in it ? columnProblem(it.columns) : undefined);
  if (problem !== undefined) refuse(`in row ${it.row}, ${problem}`);
  if (bytesOf(partition, it) > mostRowBytes) refuse(`row ${it.row} is larger than 1 MiB`);
}

function keyProblem(key: string): string | undefined {
  if (badKey.test(key)) return "a key has a character that is not allowed";
  return key.length > 512 ? "a key is longer than 1 KiB" : undefined;
}

function columnProblem(columns: Columns): string | undefined {
  const entries = Object.entries(columns);
  if (entries.length > mostColumns) return `there are more than ${mostColumns} columns`;
  const odd = entries.find(([name]) => !columnName.test(name) || isReserved(name));
  if (odd) return `${odd[0]} is no column name`;
  const long = entries.find(([, value]) => typeof value === "string" && value.length > mostUnits);
  if (long) return `${long[0]} is longer than 64 KiB`;
  const endless = entries.find(([, it]) => typeof it === "number" && !Number.isFinite(it));
  return endless && `${endless[0]} is no finite number`;
}

const isReserved = (name: string): boolean => reserved.includes(name.toLowerCase());

/** As Azure counts: texts in UTF-16, some bytes around each row and column. */
function bytesOf(partition: string, it: Write): number {
  const columns = "columns" in it ? Object.entries(it.columns) : [];
  const sizes = columns.map(
    ([name, value]) => 8 + 2 * name.length + (typeof value === "string" ? 4 + 2 * value.length : 8),
  );
  return 4 + 2 * (partition.length + it.row.length) + sizes.reduce((sum, size) => sum + size, 0);
}
