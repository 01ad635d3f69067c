import { checkWrites } from "../../src/azure/table-limits.ts";
import { AirlockError } from "../../src/model/airlock-error.ts";
import type { Row, Table, TableName, Tables, Write } from "../../src/records/ports.ts";

/** Tables in memory with Azure's semantics: etags, conflicts, atomic transactions, limits, ascending rows. */
export function memoryTables(): Tables {
  const tables = new Map<TableName, Table>();
  return (name) => {
    const table = tables.get(name) ?? memoryTable();
    tables.set(name, table);
    return table;
  };
}

let etags = 0;

function memoryTable(): Table {
  const partitions = new Map<string, Map<string, Row>>();
  const partitionOf = (name: string) => {
    const rows = partitions.get(name) ?? new Map<string, Row>();
    partitions.set(name, rows);
    return rows;
  };
  const transact = (partition: string, writes: readonly Write[]): string[] => {
    const rows = partitionOf(partition);
    checkWrites(partition, writes);
    for (const it of writes) refuse(rows.get(it.row), it);
    return writes.map((it) => apply(rows, partition, it));
  };
  return {
    get: async (partition, row) => partitionOf(partition).get(row),
    rows: async (partition, from, to) =>
      [...partitionOf(partition).values()]
        .filter((it) => it.row >= from && it.row < to)
        .sort((a, b) => (a.row < b.row ? -1 : 1)),
    everywhere: async (row) =>
      [...partitions.values()]
        .flatMap((rows) => rows.get(row) ?? [])
        .sort((a, b) => (a.partition < b.partition ? -1 : 1)),
    write: async (partition, it) => transact(partition, [it])[0] ?? "",
    transact: async (partition, writes) => transact(partition, writes),
  };
}

function refuse(was: Row | undefined, it: Write): void {
  const conflict = () => new AirlockError("conflict", `${it.do} of ${it.row} was refused.`);
  if (it.do === "insert" && was) throw conflict();
  if ((it.do === "merge" || it.do === "replace") && it.etag !== undefined && it.etag !== was?.etag)
    throw conflict();
}

function apply(rows: Map<string, Row>, partition: string, it: Write): string {
  if (it.do === "remove") {
    rows.delete(it.row);
    return "";
  }
  const kept = it.do === "merge" ? rows.get(it.row)?.columns : undefined;
  etags += 1;
  const etag = `W/"${etags}"`;
  rows.set(it.row, { partition, row: it.row, etag, columns: { ...kept, ...it.columns } });
  return etag;
}
