import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import { parsePath } from "../ids.ts";
import { type Kind, type Stored, view } from "../kinds.ts";
import { parseQuery, type Row } from "../kql.ts";
import { isObject, same } from "../merge.ts";
import { grantFor } from "../roles.ts";
import type { World } from "../world.ts";

/** azure-docs supported-tables-resources: what Resource Graph indexes, of the types known here. */
const indexed = [
  "microsoft.cognitiveservices/accounts",
  "microsoft.machinelearningservices/workspaces",
  "microsoft.search/searchservices",
  "microsoft.network/privateendpoints",
  "microsoft.network/networkinterfaces",
  "microsoft.network/virtualnetworks",
  "microsoft.network/privatednszones",
  "microsoft.network/privatednszones/virtualnetworklinks",
];

const mostRows = 1000;

/** POST /providers/Microsoft.ResourceGraph/resources; shapes: recorded/arm-and-surroundings.md 2 (ARG). */
function answer(call: Call, world: World): Answer {
  const { query, subscriptions, options } = call.body ?? {};
  if (typeof query !== "string") return refused("The query is missing.");
  const parsed = parseQuery(query);
  if (typeof parsed === "string") return refused(parsed);
  const { $top, $skipToken } = isObject(options) ? options : ({} as Body);
  const scope = Array.isArray(subscriptions) ? subscriptions.map(String) : undefined;
  const rows = parsed(rowsFor(call, world, scope));
  const from = Number($skipToken ?? 0);
  const page = rows.slice(from, from + Math.min(Number($top ?? mostRows), mostRows));
  const isMore = from + page.length < rows.length;
  return {
    status: 200,
    headers: { "x-ms-user-quota-remaining": "14", "x-ms-user-quota-resets-after": "00:00:05" },
    body: {
      totalRecords: rows.length,
      count: page.length,
      data: page,
      facets: [],
      resultTruncated: "false", // recorded: a text, and "false" though more pages follow
      ...(isMore && { $skipToken: String(from + page.length) }),
    },
  };
}

/** The outer code and the shape of details: azure-docs troubleshoot Resource Graph; not recorded. */
const refused = (message: string): Answer =>
  failure(400, "BadRequest", `Please provide below info when asking for support: ${message}`);

/** All that the caller may read, in the subscriptions that it names. */
function rowsFor({ principal }: Call, world: World, scope: readonly string[] | undefined): Row[] {
  const homes = world.children("", "Microsoft.Resources/subscriptions");
  const wanted = homes.filter((it) => !scope || scope.some((id) => same(id, it.name)));
  return wanted
    .flatMap((home) => indexed.flatMap((type) => world.ofType(home.name, type)))
    .filter((it) => principal && grantFor(world, principal, `${it.type}/read`, it.id))
    .map((it) => rowOf(it, world));
}

/** Recorded: types in lower case, ids as made, absent objects null, absent texts empty. */
function rowOf(it: Stored, world: World): Row {
  const shown: Body = world.kind(it.type)?.show?.(it, latest(it, world), world) ?? it;
  const { subscription, group } = parsePath(it.id);
  return {
    id: it.id,
    name: it.name,
    type: it.type.toLowerCase(),
    tenantId: world.directory.all()[0]?.tenantId ?? "",
    kind: shown["kind"] ?? "",
    location: String(shown["location"] ?? "").toLowerCase(),
    resourceGroup: group.toLowerCase(),
    subscriptionId: subscription,
    managedBy: shown["managedBy"] ?? "",
    sku: shown["sku"] ?? null,
    plan: null,
    properties: shown["properties"] ?? null,
    tags: shown["tags"] ?? null,
    identity: shown["identity"] ?? null,
    zones: null,
    extendedLocation: null,
    systemData: shown["systemData"] ?? null,
  };
}

const latest = (it: Stored, world: World): string => world.kind(it.type)?.versions.at(-1) ?? "";

export const resourceGraphKinds: readonly Kind[] = [
  view("Microsoft.ResourceGraph/resources", ["2021-03-01", "2022-10-01", "2024-04-01"], {
    POST: answer,
  }),
];
