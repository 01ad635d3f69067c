import type { Rows } from "./rows.ts";
import type { Columns } from "./values.ts";

/** One step of a query: the columns behind it, and what becomes of the rows. */
export type Stage = Readonly<{
  columns: Columns;
  run(rows: Rows): Rows;
  /** Only rows of these types come through (see `onlyTypes` of expressions). */
  onlyTypes?: readonly string[];
  /** And every one of them. */
  isWhole?: true;
  /** `limit` and `take` switch paging off. */
  isLimit?: true;
}>;
