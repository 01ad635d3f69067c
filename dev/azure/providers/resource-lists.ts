import { type Answer, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import { groupType, shownGroupType } from "../existence.ts";
import { parsePath } from "../ids.ts";
import { type Kind, type Stored, view } from "../kinds.ts";
import { omit, pick, same } from "../merge.ts";
import { page } from "../paging.ts";
import { timesOf } from "../times.ts";
import type { World } from "../world.ts";
import { filterOf } from "./list-filter.ts";

/** The lists of everything: no properties in rows; filtered after paging (see paging.ts). */
export function resourceLists(versions: readonly string[]): Kind[] {
  return ["Microsoft.Resources/subscriptions", groupType].map((holder) =>
    view(`${holder}/resources` as Kind["type"], versions, { LIST: everything }),
  );
}

function everything(call: Call, world: World): Answer {
  const rows = world.below(parsePath(call.target.parent).id).filter((it) => isListed(it, world));
  const added = (call.query.get("$expand") ?? "").split(",").map((it) => it.trim());
  return filtered(call, rows, (it) => rowOf(it, added, world));
}

/** The groups of a subscription take the same filter, and keep their tags (CLI test_resource_group). */
export function groupList(call: Call, world: World): Answer {
  const rows = world.children(call.target.parent, shownGroupType);
  return filtered(call, rows, (it) => showGroup(it, call.version), []);
}

/** Recorded at 2018-05-01 without its type, from 2020-06-01 with it. */
export const showGroup = (it: Stored, version: string): Record<string, unknown> =>
  version <= "2018-05-01" ? omit(it, ["type"]) : it;

function filtered(
  call: Call,
  rows: readonly Stored[],
  show: (it: Stored) => Record<string, unknown>,
  hiddenByTag = ["tags"],
): Answer {
  const filter = filterOf(call.query.get("$filter") ?? "");
  if (!filter)
    return failure(400, "InvalidFilterInQueryString", "Invalid $filter in query string.");
  const shown = (it: Stored) => (filter.isByTag ? omit(show(it), hiddenByTag) : show(it));
  return page(call, rows, (it) => (filter.matches(it) ? shown(it) : undefined));
}

function isListed(it: Stored, world: World): boolean {
  const kind = world.kind(it.type);
  if (same(it.type, shownGroupType)) return false;
  return kind ? kind.tracked === true : it.location !== undefined;
}

const first = ["id", "name", "type", "sku", "kind", "managedBy", "location", "identity"];

/** Recorded, order and all: CLI test_resource_scenario, which asks for all three that can be added. */
function rowOf(it: Stored, added: readonly string[], world: World): Record<string, unknown> {
  const row = omit(it, ["properties", "etag"]);
  const state = { provisioningState: it.properties["provisioningState"] };
  const more = pick({ ...timesOf(world, it), ...state }, added);
  const known = Object.entries(more).filter(([, value]) => value !== undefined);
  const head = first.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]]));
  return { ...Object.fromEntries([...head, ...known]), ...omit(row, first) };
}
