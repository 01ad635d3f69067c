import { subscriptionType } from "../../existence.ts";
import { scopesOf } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { Principal } from "../../principals.ts";
import { allows, assignmentType, type Role } from "../../roles.ts";
import type { World } from "../../world.ts";

/** What of the rows somebody may see. */
export type Access = Readonly<{
  /** The subscriptions in which the caller may read at least something; Azure leaves out the others. */
  homes: readonly Stored[];
  /** Those of one type in one subscription that the caller may read. */
  readable(home: Stored, type: string, all: readonly Stored[]): readonly Stored[];
}>;

/** arm.md 6: read on the resources themselves. Azure's cache of assignments is not simulated. */
export function accessOf(principal: Principal | undefined, world: World): Access {
  const all = world.children("", subscriptionType);
  const grants = principal ? grantsOf(principal, all, world) : [];
  const named = new Set(grants.map(({ scope }) => homeOf(scope)));
  const scopesFor = remembered((type) => scopesThatAllow(grants, `${type}/read`));
  return {
    homes: all.filter(({ id }) => named.has("") || named.has(id.toLowerCase())),
    readable(home, type, rows) {
      const { scopes, homes } = scopesFor(type);
      const id = home.id.toLowerCase();
      if (scopes.has("") || scopes.has(id)) return rows;
      if (!homes.has(id)) return [];
      return rows.filter((it) => scopesOf(it.id).some((one) => scopes.has(one.toLowerCase())));
    },
  };
}

type Grant = Readonly<{ scope: string; role: Role | undefined }>;

function grantsOf(principal: Principal, homes: readonly Stored[], world: World): Grant[] {
  const type = assignmentType.toLowerCase();
  return ["", ...homes.map((it) => it.name)].flatMap((home) =>
    (world.within(home).get(type)?.all ?? [])
      .filter((it) => same(String(it.properties["principalId"]), principal.objectId))
      .map(({ id, properties }) => ({
        scope: id.slice(0, id.lastIndexOf("/providers/")).toLowerCase(),
        role: world.roles.byId(String(properties["roleDefinitionId"]).split("/").at(-1) ?? ""),
      })),
  );
}

/** And the subscriptions in which they lie. */
function scopesThatAllow(grants: readonly Grant[], action: string) {
  const allowing = remembered((role: Role) => allows(role, action));
  const scopes = new Set(grants.flatMap((it) => (it.role && allowing(it.role) ? it.scope : [])));
  return { scopes, homes: new Set([...scopes].map(homeOf)) };
}

const homeOf = (scope: string): string => scope.split("/").slice(0, 3).join("/");

/** There are few types and many rows. */
export function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}
