/** A row of Resource Graph, as far as queries look at it. */
export type Row = Readonly<Record<string, unknown>>;

/** What a query does to the rows; a text says what this Azure does not understand. */
export type Query = (rows: readonly Row[]) => readonly Row[];

type Stage = Query;
type Test = (row: Row) => boolean;

/** The subset: `resources`, then `where`, `project` and `order by`, each as Microsoft's parser reads them. */
export function parseQuery(text: string): Query | string {
  const [table, ...stages] = splitOutsideTexts(text, "|").map((it) => it.trim());
  if (table !== "resources") return `The table '${table}' is not simulated.`;
  const parsed = stages.map(parseStage);
  const problem = parsed.find((it) => typeof it === "string");
  if (typeof problem === "string") return problem;
  const steps = parsed.filter((it) => typeof it !== "string");
  return (rows) => steps.reduce((left, step) => step(left), rows);
}

function parseStage(text: string): Stage | string {
  const [, verb = "", rest = ""] = /^(where|project|order by)\s+([\s\S]+)$/.exec(text) ?? [];
  if (verb === "where") return parseWhere(rest);
  if (verb === "project") return parseProject(rest);
  if (verb === "order by") return parseOrder(rest);
  return `The operator '${text.split(/\s/)[0]}' is not simulated.`;
}

/** Terms joined by `and`; each compares one column with texts. */
function parseWhere(text: string): Stage | string {
  const tests = splitOutsideTexts(text, " and ").map(parseTerm);
  const problem = tests.find((it) => typeof it === "string");
  if (typeof problem === "string") return problem;
  const all = tests.filter((it) => typeof it !== "string");
  return (rows) => rows.filter((row) => all.every((it) => it(row)));
}

const term = /^(\w+)\s*(==|=~|!=|!~|in~|in)\s*(\([^()]*\)|'(?:[^'\\]|\\.)*')$/;

function parseTerm(text: string): Test | string {
  const [, column = "", operator = "", operand = ""] = term.exec(text.trim()) ?? [];
  if (column === "") return `The condition '${text.trim()}' is not simulated.`;
  const wanted = textsIn(operand);
  const isList = operator.startsWith("in");
  if (isList !== operand.startsWith("(") || wanted.length === 0)
    return `The operand '${operand}' does not fit '${operator}'.`;
  const ignoresCase = operator.includes("~");
  const fold = (it: unknown): string => (ignoresCase ? String(it).toLowerCase() : String(it));
  const folded = wanted.map(fold);
  const isNegated = operator.startsWith("!");
  return (row) => folded.includes(fold(row[column] ?? "")) !== isNegated;
}

const textsIn = (operand: string): string[] =>
  [...operand.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, it = ""]) => it.replace(/\\(.)/g, "$1"));

function parseProject(text: string): Stage | string {
  const columns = text.split(",").map((it) => it.trim());
  const odd = columns.find((it) => !/^\w+$/.test(it));
  if (odd !== undefined) return `The expression '${odd}' is not simulated.`;
  return (rows) =>
    rows.map((row) => Object.fromEntries(columns.map((it) => [it, row[it] ?? null])));
}

function parseOrder(text: string): Stage | string {
  const [, column = "", direction = "desc"] = /^(\w+)(?:\s+(asc|desc))?$/.exec(text.trim()) ?? [];
  if (column === "") return `The order '${text.trim()}' is not simulated.`;
  const sign = direction === "asc" ? 1 : -1;
  return (rows) => [...rows].sort((a, b) => (String(a[column]) < String(b[column]) ? -sign : sign));
}

/** Cuts where no text is open: names and operands may hold any character. */
function splitOutsideTexts(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isOpen = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'" && text[at - 1] !== "\\") isOpen = !isOpen;
    if (isOpen || !text.startsWith(separator, at)) continue;
    parts.push(text.slice(from, at));
    from = at + separator.length;
  }
  return [...parts, text.slice(from)];
}
