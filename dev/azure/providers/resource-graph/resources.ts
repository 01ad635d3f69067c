import { createHash } from "node:crypto";
import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { badContent } from "../../existence.ts";
import { type Kind, view } from "../../kinds.ts";
import { parseQuery, type Query } from "../../kql/query.ts";
import type { Rows } from "../../kql/rows.ts";
import type { Row } from "../../kql/values.ts";
import type { World } from "../../world.ts";
import { accessOf } from "./access.ts";
import { columns } from "./columns.ts";
import { type Asked, mostRows, readAsked } from "./options.ts";
import { pastOf } from "./past.ts";
import { badOption, badQuery, noSubscription, tooLarge } from "./refusals.ts";
import { rowsFor } from "./rows.ts";

/** POST /providers/Microsoft.ResourceGraph/resources; docs/sources.md, manners 1.7, 1.9 and ARG. */
function answer(call: Call, world: World): Answer {
  if (!call.body)
    return badContent("The request content was invalid and could not be deserialized.");
  const text = String(call.body["query"] ?? "");
  const query = parseQuery(text, columns);
  if ("token" in query) return badQuery(query)(call, world);
  const asked = readAsked(call.body);
  if (typeof asked === "function") return asked(call, world);
  const from = startOf(asked, text);
  if (from === undefined) return badOption("$skipToken")(call, world);
  const access = accessOf(call.principal, world);
  const { subscriptions } = asked;
  const homes = subscriptions
    ? access.homes.filter(({ name }) => subscriptions.has(name.toLowerCase()))
    : access.homes;
  if (homes.length === 0) return noSubscription([...(subscriptions ?? [])])(call, world);
  const key = [call.principal?.objectId, ...homes.map((it) => it.id), text].join(" ");
  const rows = found(world, key, () => query.run(rowsFor(call, world, access, homes, query)));
  const body = page(rows, query, { from, top: asked.top, text });
  const json = JSON.stringify(body);
  const bytes = Buffer.byteLength(json);
  return bytes > mostBytes ? tooLarge(bytes, mostBytes)(call, world) : answered(body, json);
}

const mostBytes = 16_777_216;

const answered = (body: Body, json: string): Answer => ({
  status: 200,
  headers: {
    "x-ms-resource-graph-request-duration": "0:00:00:00.0100000",
  },
  body,
  json,
});

type Found = Readonly<{ asked: string; changes: number; pending: number; rows: Rows }>;
const lastFound = new WeakMap<World, Found>();

/** The next page of a query that was just asked, if nothing has changed; else every page asks anew. */
function found(world: World, asked: string, find: () => Rows): Rows {
  const last = lastFound.get(world);
  const [changes, pending] = [world.changes(), pastOf(world).pending()];
  if (last?.asked === asked && last.changes === changes && last.pending === pending)
    return last.rows;
  const rows = find();
  lastFound.set(world, { asked, changes, pending, rows });
  return rows;
}

/** azure-docs paging-results: a token goes with the same query. Its form is ours. */
function startOf({ skip, skipToken }: Asked, text: string): number | undefined {
  if (skipToken === undefined) return skip;
  const [at, of] = Buffer.from(skipToken, "base64url").toString().split(" ");
  return of === digest(text) ? Number(at) : undefined;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

function page(
  all: Rows,
  query: Query,
  { from, top = mostRows, text }: { from: number; top: number | undefined; text: string },
): Body {
  const rows = all.slice(from, from + top);
  const total = all.count();
  const isMore = from + rows.length < total;
  // azure-docs paging-results: both switch paging off
  const isPaged = !query.isLimited && [...query.columns.values()].some((it) => it !== "dynamic");
  const next = Buffer.from(`${from + rows.length} ${digest(text)}`).toString("base64url");
  return {
    totalRecords: total,
    count: rows.length,
    data: rows.map((row) => shown(row, query)),
    facets: [],
    // recorded: a text, and "false" though more pages follow
    resultTruncated: String(isMore && !isPaged),
    ...(isMore && isPaged && { $skipToken: next }),
  };
}

const shown = (row: Row, { columns: made }: Query): Body =>
  Object.fromEntries([...made.keys()].map((name) => [name, row(name) ?? null]));

export const resourceGraphKinds: readonly Kind[] = [
  view("Microsoft.ResourceGraph/resources", ["2021-03-01", "2022-10-01", "2024-04-01"], {
    POST: answer,
  }),
];
