import { type Cursor, listOf } from "./cursor.ts";
import { mustBe, parseExpression } from "./expressions.ts";
import { parseCount, parseDistinct, parseSummarize } from "./grouping.ts";
import { isNewName } from "./keywords.ts";
import { columnsOf, parseAllNamed, parseColumn } from "./named.ts";
import { limited, mapped, sieved } from "./rows.ts";
import { parseOrder } from "./sorting.ts";
import type { Stage } from "./stage.ts";
import type { Columns, Row } from "./values.ts";

type ParseStage = (cursor: Cursor, columns: Columns) => Stage;

const stages: readonly (readonly [words: readonly string[], parse: ParseStage])[] = [
  [["where"], parseWhere],
  [["project"], parseProject],
  [["project-away"], parseAway],
  [["extend"], parseExtend],
  [["order", "by"], parseOrder],
  [["sort", "by"], parseOrder],
  [["limit"], parseLimit],
  [["take"], parseLimit],
  [["summarize"], parseSummarize],
  [["distinct"], parseDistinct],
  [["count"], parseCount],
];

/** azure-docs query-language: Azure has them, this subset does not. */
const lacking = ["join", "mv-expand", "mvexpand", "parse", "top", "union"];

/** Kusto has them, Azure does not; public (azure-powershell 13762, when `parse` was one of them). */
const foreign =
  /^(as|consume|evaluate|facet|fork|getschema|invoke|lookup|make-.+|parse-.+|partition|project-.+|range|reduce|render|sample.*|scan|search|serialize|top-.+)$/;

/** The operators of this subset; another one is refused, though Azure may know it. */
export function parseStage(cursor: Cursor, columns: Columns): Stage {
  const parse = stages.find(([words]) => cursor.takes(...words))?.[1];
  if (parse) return parse(cursor, columns);
  const { kind, text } = cursor.peek();
  const isKnown = kind === "name" && (lacking.includes(text) || foreign.test(text));
  return isKnown ? cursor.refuse("InvalidQueryLanguage", lacking.includes(text)) : cursor.fail();
}

export const isOperator = (word: string): boolean =>
  lacking.includes(word) || stages.some(([[first]]) => first === word);

function parseWhere(cursor: Cursor, columns: Columns): Stage {
  const condition = parseExpression(cursor, columns);
  mustBe(["bool"], cursor, condition);
  const { onlyTypes, isWhole } = condition;
  return {
    columns,
    run: (rows) => sieved(rows, (row) => condition.of(row) === true),
    ...(onlyTypes && { onlyTypes }),
    ...(isWhole && { isWhole }),
  };
}

function parseProject(cursor: Cursor, columns: Columns): Stage {
  const named = parseAllNamed(cursor, columns);
  const byName = new Map(named.map(({ name, it }) => [name, it]));
  return {
    columns: columnsOf(named),
    run(rows) {
      const order = named.find(({ it }) => it.column !== undefined && it.column === rows.order);
      return mapped(rows, (row) => (column) => byName.get(column)?.of(row), order?.name);
    },
  };
}

function parseExtend(cursor: Cursor, columns: Columns): Stage {
  const named = parseAllNamed(cursor, columns);
  const byName = new Map(named.map(({ name, it }) => [name, it]));
  const extended = (row: Row, column: string): unknown => {
    const made = byName.get(column);
    return made ? made.of(row) : row(column);
  };
  return {
    columns: new Map([...columns, ...columnsOf(named)]),
    run(rows) {
      const order = byName.has(rows.order ?? "") ? undefined : rows.order;
      return mapped(rows, (row) => (column) => extended(row, column), order);
    },
  };
}

function parseAway(cursor: Cursor, columns: Columns): Stage {
  const away = listOf(cursor, () => {
    const { text } = cursor.peek();
    return isNewName(text) ? parseColumn(cursor, columns) : cursor.fail();
  });
  const left = [...columns].filter(([name]) => !away.includes(name));
  return { columns: new Map(left), run: (rows) => rows };
}

function parseLimit(cursor: Cursor, columns: Columns): Stage {
  const token = cursor.next();
  const isCount = token.kind === "number" && Number.isSafeInteger(Number(token.text));
  if (!isCount) cursor.fail(undefined, token);
  return { columns, run: (rows) => limited(rows, Number(token.text)), isLimit: true };
}
