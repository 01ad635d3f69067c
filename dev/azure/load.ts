import type { Body } from "./answers.ts";
import { inState } from "./compose.ts";
import { shownGroupType, subscriptionOf, subscriptionType } from "./existence.ts";
import { parsePath } from "./ids.ts";
import { type Kind, type Stored, shownType } from "./kinds.ts";
import { isObject, omit, same } from "./merge.ts";
import type { World } from "./world.ts";

/** Columns that Resource Graph and `az` add to what ARM has. */
const columns = [
  "resourceGroup",
  "subscriptionId",
  "tenantId",
  "apiVersion",
  "createdTime",
  "changedTime",
  "provisioningState",
];

/**
 * Puts resources there as an ARM GET, `az resource list` or a Resource Graph row gave them: the
 * type in any case, added columns dropped, nulls and empty texts at the top meaning absent. The
 * subscriptions and groups that their ids name come to exist. Raises no events.
 */
export function loadResources(world: World, rows: readonly object[]): void {
  for (const row of rows) loadOne(world, row as Body);
}

function loadOne(world: World, row: Body): void {
  const target = parsePath(String(row["id"]));
  if (target.name === undefined) throw new Error(`No id of a resource: ${String(row["id"])}`);
  makeScopes(world, target.id, row["location"]);
  if (same(target.type, subscriptionType)) return void world.put(subscriptionOf(target.id));
  const kind = world.kind(target.type);
  const it: Stored = {
    ...presentIn(row),
    id: target.id,
    name: typeof row["name"] === "string" ? row["name"] : target.name,
    type: kind ? shownType(kind) : target.type,
    properties: isObject(row["properties"]) ? row["properties"] : {},
  };
  world.put(kind ? completed(it, kind, row, world) : it);
}

function presentIn(row: Body): Body {
  const given = Object.entries(omit(row, columns));
  return Object.fromEntries(given.filter(([, value]) => value !== null && value !== ""));
}

/** What the provider would show beside what the row says; a row without properties is at rest. */
function completed(it: Stored, kind: Kind, row: Body, world: World): Stored {
  const whole = kind.complete?.(it, undefined, world) ?? it;
  const rested = row["properties"] === undefined ? inState(whole, kind, "Succeeded") : whole;
  const etag = rested.etag ?? kind.etag?.(world);
  const loaded = { ...rested, ...(etag !== undefined && { etag }) };
  return kind.loaded?.(loaded, world) ?? loaded;
}

function makeScopes(world: World, id: string, location: unknown): void {
  const { subscription, group } = parsePath(id);
  const home = `/subscriptions/${subscription}`;
  if (!world.get(home)) world.put(subscriptionOf(home));
  const groupId = `${home}/resourceGroups/${group}`;
  if (group !== "" && !world.get(groupId))
    world.put({
      id: groupId,
      name: group,
      type: shownGroupType,
      location: typeof location === "string" && !same(location, "global") ? location : "westeurope",
      properties: { provisioningState: "Succeeded" },
    });
}
