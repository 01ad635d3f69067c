import { createHash } from "node:crypto";
import type { Answer, Body } from "../answers.ts";
import type { Call } from "../call.ts";
import { type Kind, type Stored, view } from "../kinds.ts";
import { parseQuery, type Query } from "../kql/query.ts";
import type { Rows } from "../kql/rows.ts";
import type { Row } from "../kql/values.ts";
import { isObject, precise } from "../merge.ts";
import type { World } from "../world.ts";
import { accessOf } from "./resource-graph-access.ts";
import { columns } from "./resource-graph-columns.ts";
import { rowsFor } from "./resource-graph-rows.ts";

/** azure-docs work-with-data. */
const mostRows = 1000;

/** POST /providers/Microsoft.ResourceGraph/resources; docs/sources.md, manners 1.7, 1.9 and ARG. */
function answer(call: Call, world: World): Answer {
  const sent = call.body ?? {};
  const options = isObject(sent["options"]) ? sent["options"] : {};
  const text = String(sent["query"] ?? "");
  const query = parseQuery(text, columns);
  if ("token" in query)
    return refused(call, world, [{ ...invalid }, { ...named("ParserFailure"), ...query }]);
  const odd = oddPart(sent, options);
  const from = startOf(options, text);
  if (odd !== undefined || from === undefined) return badOption(odd ?? "$skipToken", call, world);
  const access = accessOf(call.principal, world);
  const homes = homesOf(access.homes, sent["subscriptions"]);
  if (homes.length === 0) return noSubscription(sent["subscriptions"], call, world);
  const asked = [call.principal?.objectId, ...homes.map((it) => it.id), text].join(" ");
  const rows = found(world, asked, () => query.run(rowsFor(call, world, access, homes, query)));
  return page(rows, query, { from, top: Number(options["$top"] ?? mostRows), text });
}

type Found = Readonly<{ asked: string; changes: number; rows: Rows }>;
const lastFound = new WeakMap<World, Found>();

/** The next page of a query that was just asked, if nothing has changed; else every page asks anew. */
function found(world: World, asked: string, find: () => Rows): Rows {
  const last = lastFound.get(world);
  const changes = world.changes();
  if (last?.asked === asked && last.changes === changes) return last.rows;
  const rows = find();
  lastFound.set(world, { asked, changes, rows });
  return rows;
}

/** Without a list: all that the caller sees. */
function homesOf(all: readonly Stored[], asked: unknown): readonly Stored[] {
  if (!Array.isArray(asked)) return all;
  const names = new Set(asked.map((it) => String(it).toLowerCase()));
  return all.filter(({ name }) => names.has(name.toLowerCase()));
}

/** Public texts (azure-powershell 13762, aztfexport 485). */
const invalid = {
  code: "InvalidQuery",
  message:
    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
};
const named = (code: string) => ({ code, message: code });

/** What is not simulated is refused, as is what the specification forbids. */
function oddPart(sent: Body, options: Body): string | undefined {
  const { $top = 1, $skip = 0, resultFormat = "objectArray" } = options;
  if (!isWhole($top, 1, mostRows)) return "$top";
  if (!isWhole($skip, 0, Number.MAX_SAFE_INTEGER)) return "$skip";
  if (resultFormat !== "objectArray") return "resultFormat";
  return ["managementGroups", "facets"].find((it) => sent[it] !== undefined);
}

const isWhole = (it: unknown, least: number, most: number): boolean =>
  Number.isInteger(it) && Number(it) >= least && Number(it) <= most;

/** azure-docs paging-results: a token goes with the same query. Its form is ours. */
function startOf(options: Body, text: string): number | undefined {
  const token = options["$skipToken"];
  if (token === undefined) return Number(options["$skip"] ?? 0);
  const [at, of] = Buffer.from(String(token), "base64url").toString().split(" ");
  return of === digest(text) ? Number(at) : undefined;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

function page(
  all: Rows,
  query: Query,
  { from, top, text }: { from: number; top: number; text: string },
): Answer {
  const rows = all.slice(from, from + top);
  const total = all.count();
  const isMore = from + rows.length < total;
  // azure-docs paging-results: both switch paging off
  const isPaged = !query.isLimited && [...query.columns.values()].some((it) => it !== "dynamic");
  const next = Buffer.from(`${from + rows.length} ${digest(text)}`).toString("base64url");
  return {
    status: 200,
    headers: {
      "x-ms-user-quota-remaining": "14",
      "x-ms-user-quota-resets-after": "00:00:05",
      "x-ms-ratelimit-remaining-tenant-resource-requests": "14",
      "x-ms-resource-graph-request-duration": "0:00:00:00.0100000",
    },
    body: {
      totalRecords: total,
      count: rows.length,
      data: rows.map((row) => shown(row, query)),
      facets: [],
      // recorded: a text, and "false" though more pages follow
      resultTruncated: String(isMore && !isPaged),
      ...(isMore && isPaged && { $skipToken: next }),
    },
  };
}

const shown = (row: Row, { columns: made }: Query): Body =>
  Object.fromEntries([...made.keys()].map((name) => [name, row(name) ?? null]));

/** Public (2026): subscriptions that cannot be read are left out without a word, unless all are. */
function noSubscription(asked: unknown, call: Call, world: World): Answer {
  const given = Array.isArray(asked) ? asked.join(",") : "";
  const message = `There must be at least one subscription that is eligible to contain resources. Given: '${given}'.`;
  return refused(call, world, [{ code: "NoValidSubscriptionsInQueryRequest", message }]);
}

/** Not recorded: what Azure says of options that it does not take. */
function badOption(name: string, call: Call, world: World): Answer {
  const message = `The value of '${name}' is invalid or not simulated.`;
  return refused(call, world, [{ code: "InvalidRequest", message }]);
}

/** Recorded in public: one message for all, the reason in the details. */
function refused(call: Call, world: World, details: readonly Body[]): Answer {
  const message = `Please provide below info when asking for support: timestamp = ${precise(world.now())}, correlationId = ${call.correlationId}.`;
  return { status: 400, body: { error: { code: "BadRequest", message, details } } };
}

export const resourceGraphKinds: readonly Kind[] = [
  view("Microsoft.ResourceGraph/resources", ["2021-03-01", "2022-10-01", "2024-04-01"], {
    POST: answer,
  }),
];
