import type { Answer, Body } from "../../answers.ts";
import type { Call } from "../../call.ts";
import { resourceNotFound } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import { type Kind, type Stored, view } from "../../kinds.ts";
import { same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { searchFailure, searchVersions } from "./common.ts";

type QueryKey = Readonly<{ name: string | null; key: string }>;
type Keys = Readonly<{ primary: string; secondary: string; query: readonly QueryKey[] }>;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 52 letters (recorded in the address of deleteQueryKey). */
const freshKey = (world: World): string =>
  Array.from({ length: 52 }, () => letters[world.between(0, letters.length - 1)]).join("");

/** A new service has two admin keys and one query key without a name (test_query_key 25). */
export function freshKeys(world: World): Keys {
  return {
    primary: freshKey(world),
    secondary: freshKey(world),
    query: [{ name: null, key: freshKey(world) }],
  };
}

const keysOf = (it: Stored): Keys => it.properties["keys"] as Keys;

const adminKeys = (it: Stored): Body => ({
  primaryKey: keysOf(it).primary,
  secondaryKey: keysOf(it).secondary,
});

/** Recorded: aso 16, 17. What they answer while local authentication is off: not recorded. */
export const keyActions: NonNullable<Kind["actions"]> = {
  listAdminKeys: (it) => ({ status: 200, body: adminKeys(it) }),
  listQueryKeys: (it) => ({
    status: 200,
    body: { value: [...keysOf(it).query], nextLink: null },
  }),
};

function change(call: Call, world: World, make: (was: Keys) => Keys): Stored | undefined {
  const service = world.get(call.target.parent);
  if (!service) return undefined;
  const next = { ...service, properties: { ...service.properties, keys: make(keysOf(service)) } };
  world.put(next);
  return next;
}

/** test_query_key 26: the name stands in the address. */
function createQueryKey(call: Call, world: World): Answer {
  const made = { name: call.target.name ?? null, key: freshKey(world) };
  const changed = change(call, world, (was) => ({ ...was, query: [...was.query, made] }));
  return changed ? { status: 200, body: made } : resourceNotFound(parsePath(call.target.parent));
}

/** test_query_key 30: the key itself stands in the address. NET DeleteQueryKeyIsIdempotent: it is not. */
function deleteQueryKey(call: Call, world: World): Answer {
  const remains = ({ key }: QueryKey): boolean => key !== call.target.name;
  const service = world.get(call.target.parent);
  if (service && keysOf(service).query.every(remains)) {
    const text = `This API key does not exist for service '${service.name}'.`;
    return searchFailure(404, "Unknown", text, world);
  }
  change(call, world, (was) => ({ ...was, query: was.query.filter(remains) }));
  return { status: 204 };
}

/** test_admin_key_show_renew 4 and 6: both keys, also the one that stayed. */
function regenerateAdminKey(call: Call, world: World): Answer {
  const which = same(call.target.name, "secondary") ? "secondary" : "primary";
  const changed = change(call, world, (was) => ({ ...was, [which]: freshKey(world) }));
  return changed
    ? { status: 200, body: adminKeys(changed) }
    : resourceNotFound(parsePath(call.target.parent));
}

export const searchKeyKinds: readonly Kind[] = [
  view("Microsoft.Search/searchServices/createQueryKey", searchVersions, { POST: createQueryKey }),
  view("Microsoft.Search/searchServices/deleteQueryKey", searchVersions, {
    DELETE: deleteQueryKey,
  }),
  view("Microsoft.Search/searchServices/regenerateAdminKey", searchVersions, {
    POST: regenerateAdminKey,
  }),
];
