/** A row without its keys: texts, numbers and booleans only, so that nothing is lost on the way. */
export type Columns = Readonly<Record<string, string | number | boolean>>;
export type Row = Readonly<{ partition: string; row: string; etag: string; columns: Columns }>;

/**
 * One write of a transaction. `merge` touches only the columns it names and makes the row when it is
 * absent, unless an etag is given; `insert` and every etag are refused with `conflict`.
 */
export type Write = Readonly<{ row: string }> &
  (
    | Readonly<{ do: "insert"; columns: Columns }>
    | Readonly<{ do: "merge"; columns: Columns; etag?: string }>
    | Readonly<{ do: "replace"; columns: Columns; etag?: string }>
    | Readonly<{ do: "remove" }>
  );

/**
 * Azure Table Storage as the records use it. Throws `AirlockError`: `conflict` for 409 and 412,
 * `retry` (ambiguous) when no answer came. `transact` is atomic, within one partition, up to 100
 * writes; it resolves with the new etags ("" for a removal). Removing what is absent is no error.
 */
export type Table = Readonly<{
  get(partition: string, row: string): Promise<Row | undefined>;
  /** Rows of a partition with `from` <= key < `to`, ascending. */
  rows(partition: string, from: string, to: string): Promise<readonly Row[]>;
  /** Rows of all partitions with this row key. */
  everywhere(row: string): Promise<readonly Row[]>;
  write(partition: string, it: Write): Promise<string>;
  transact(partition: string, writes: readonly Write[]): Promise<readonly string[]>;
}>;

export type TableName = "journal" | "estate" | "activity" | "gates" | "sweeps" | "poison";
export type Tables = (name: TableName) => Table;

/** Blob storage: whole texts by name. */
export type Blobs = Readonly<{
  put(container: ContainerName, name: string, text: string, contentType: string): Promise<void>;
  get(container: ContainerName, name: string): Promise<string | undefined>;
  list(container: ContainerName): Promise<readonly string[]>;
}>;
export type ContainerName = "records" | "reports";
