import type { Body } from "../answers.ts";
import { isObject, same } from "../merge.ts";

/** What expressions are read in: `[concat(parameters('name'), '/x')]`. */
export type Scope = Readonly<{
  parameters: Body;
  field?(name: string): unknown;
  apiVersion?: string;
}>;

type Node = Readonly<{ literal: string | number } | Call>;
type Call = Readonly<{ name: string; args: readonly Node[]; path: readonly string[] }>;
type Run = (args: readonly unknown[], scope: Scope) => unknown;

const compare = (one: unknown, other: unknown): number =>
  String(one) < String(other) ? -1 : Number(String(one) !== String(other));

/** The functions that are simulated (azure-docs policy definition structure). */
const functions = new Map<string, Run>([
  ["parameters", ([name], { parameters }) => named(parameters, String(name))],
  ["field", ([name], { field }) => field?.(String(name))],
  ["concat", (args) => args.map(String).join("")],
  ["if", ([holds, yes, no]) => (holds === true ? yes : no)],
  ["equals", ([one, other]) => same(String(one), String(other))],
  ["greaterorequals", ([one, other]) => compare(one, other) >= 0],
  ["requestcontext", (_, { apiVersion }) => ({ apiVersion })],
]);

/** Every text that is an expression is replaced by its value, however deep. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (typeof value === "string")
    return isExpression(value) ? run(parse(value), scope) : plain(value);
  if (Array.isArray(value)) return value.map((it) => evaluate(it, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, evaluate(it, scope)]));
}

/** The first expression in it that is not simulated. */
export function oddExpression(value: unknown): string | undefined {
  if (typeof value === "string") return isExpression(value) && !isKnown(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const it of Object.values(value)) {
    const odd = oddExpression(it);
    if (odd !== undefined) return odd;
  }
  return undefined;
}

const isExpression = (text: string): boolean => /^\[(?!\[).*\]$/s.test(text);
/** `[[` writes a bracket that is meant. */
const plain = (text: string): string => text.replace(/^\[\[/, "[");

function isKnown(text: string): boolean {
  try {
    return known(parse(text));
  } catch {
    return false;
  }
}

const known = (node: Node): boolean =>
  "literal" in node || (functions.has(node.name) && node.args.every(known));

function run(node: Node, scope: Scope): unknown {
  if ("literal" in node) return node.literal;
  const value = functions.get(node.name)?.(
    node.args.map((it) => run(it, scope)),
    scope,
  );
  return node.path.reduce<unknown>((it, key) => (isObject(it) ? named(it, key) : undefined), value);
}

/** ARM's names are alike in any case. */
export function named(it: Body, name: string): unknown {
  const key = Object.keys(it).find((one) => same(one, name));
  return key === undefined ? undefined : it[key];
}

function parse(text: string): Node {
  const tokens = text.slice(1, -1).match(/'(?:[^']|'')*'|\w+|[^\s]/g) ?? [];
  const node = parseNode(tokens);
  if (tokens.length > 0) throw new Error("Something follows.");
  return node;
}

/** Takes what it reads off the front. */
function parseNode(tokens: string[]): Node {
  const token = tokens.shift() ?? "";
  if (token.startsWith("'")) return { literal: token.slice(1, -1).replaceAll("''", "'") };
  if (/^\d+$/.test(token)) return { literal: Number(token) };
  if (!/^\w+$/.test(token) || tokens.shift() !== "(") throw new Error("No function.");
  const args: Node[] = [];
  while (tokens[0] !== ")") {
    args.push(parseNode(tokens));
    if (tokens[0] === ",") tokens.shift();
    else if (tokens[0] !== ")") throw new Error("No end.");
  }
  tokens.shift();
  return { name: token.toLowerCase(), args, path: parsePath(tokens) };
}

function parsePath(tokens: string[]): string[] {
  const path: string[] = [];
  while (tokens[0] === ".") path.push(tokens.splice(0, 2)[1] ?? "");
  return path;
}
