import type { TableEntityResult } from "@azure/data-tables";
import type { Columns, Row } from "../records/ports.ts";

type Found = TableEntityResult<Record<string, unknown>>;

/** Without what the service adds: `timestamp`, and `odata.metadata` where one row is read. */
export function rowOf({ partitionKey = "", rowKey = "", etag, timestamp: _, ...rest }: Found): Row {
  const columns: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith("odata.")) continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      columns[name] = value;
    else if (typeof value === "bigint") columns[name] = Number(value);
  }
  return { partition: partitionKey, row: rowKey, etag, columns };
}

/** A row as the client takes it. */
export function entityOf(partitionKey: string, rowKey: string, columns: Columns) {
  return { partitionKey, rowKey, ...Object.fromEntries(Object.entries(columns).map(typed)) };
}

/** Whole numbers past 32 bits need their type said, or Azure takes them for one of 32 bits. */
function typed([name, value]: readonly [string, string | number | boolean]) {
  if (!Number.isInteger(value) || Math.abs(Number(value)) < 2 ** 31) return [name, value] as const;
  return Number.isSafeInteger(value)
    ? ([name, { type: "Int64", value: String(value) }] as const)
    : ([name, { type: "Double", value }] as const);
}
