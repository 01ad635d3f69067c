import { type Cursor, cursorOver, type Failure } from "./cursor.ts";
import { isOperator, parseStage } from "./operators.ts";
import type { Rows } from "./rows.ts";
import type { Stage } from "./stage.ts";
import type { Columns } from "./values.ts";

export const tables = ["resources", "resourcecontainers", "dnsresources"] as const;
export type TableName = (typeof tables)[number];

export type Query = Readonly<{
  table: TableName;
  columns: Columns;
  /** Of all rows of the types that it names. */
  run(rows: Rows): Rows;
  /** In lower case; absent: all. */
  onlyTypes?: readonly string[];
  /** It holds `limit` or `take`. */
  isLimited: boolean;
}>;

/**
 * A fixed subset of Kusto: what it takes, Microsoft's parser takes too, and means the same. All else
 * is a failure, never a guess; a name that is not there counts as one, too.
 */
export function parseQuery(text: string, columns: Columns): Query | Failure {
  try {
    return parse(cursorOver(text), columns);
  } catch (error) {
    if (error instanceof Error && error.message === "ParserFailure") return error.cause as Failure;
    throw error;
  }
}

function parse(cursor: Cursor, columns: Columns): Query {
  const table = parseTable(cursor);
  const stages: Stage[] = [];
  while (cursor.takes("|")) stages.push(parseStage(cursor, stages.at(-1)?.columns ?? columns));
  if (cursor.peek().kind !== "end") cursor.fail();
  const { onlyTypes, isWhole } = stages[0] ?? {};
  const left = isWhole ? stages.slice(1) : stages;
  return {
    table,
    columns: stages.at(-1)?.columns ?? columns,
    run: (rows) => left.reduce((of, stage) => stage.run(of), rows),
    ...(onlyTypes && { onlyTypes }),
    isLimited: stages.some((it) => it.isLimit),
  };
}

/** Names of tables ignore case (azure-docs query-language). A query without one is refused here. */
function parseTable(cursor: Cursor): TableName {
  const { kind, text } = cursor.peek();
  if (kind !== "name") cursor.fail();
  if (isOperator(text)) cursor.refuse("ParserFailure", true);
  const table = tables.find((it) => it === text.toLowerCase());
  if (!table) return cursor.refuse("DisallowedLogicalTableName", looksReal.test(text));
  cursor.next();
  return table;
}

/** All of Azure's tables are called so. */
const looksReal = /(resources|resourcechanges|containerchanges)$/i;
