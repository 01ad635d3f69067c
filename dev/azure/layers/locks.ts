import { type Answer, gateway } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { isWithin, parsePath, scopesOf } from "../ids.ts";
import type { Stored } from "../kinds.ts";
import { same } from "../merge.ts";
import type { World } from "../world.ts";

export const lockType = "Microsoft.Authorization/locks";

/**
 * CanNotDelete stops deletes, ReadOnly every write and POST, on a scope and all below it
 * (azure-docs lock-resources). A lock below stops a delete of what holds it. Locks themselves can
 * be written under a ReadOnly lock (recorded: test_readonly_resource_lock). Text: public, verbatim.
 */
export const locks: Layer = (call, through, world) => {
  if (["GET", "HEAD"].includes(call.method) || same(call.target.type, lockType))
    return through(call);
  const held = locksOn(world, call.target.id).filter((it) => forbids(it, call));
  const first =
    held[0] ?? (call.verb === "DELETE" ? locksBelow(world, call.target.id)[0] : undefined);
  return first ? locked(call, first) : through(call);
};

function forbids(lock: Stored, { verb }: Call): boolean {
  return same(String(lock.properties["level"]), "ReadOnly") || verb === "DELETE";
}

/** Locks on the scope and above, nearest first. */
export function locksOn(world: World, id: string): Stored[] {
  return scopesOf(id).flatMap((scope) => world.children(scope, lockType));
}

export function locksBelow(world: World, id: string): Stored[] {
  return world
    .ofType(parsePath(id).subscription, lockType)
    .filter((it) => isWithin(scopeOf(it), id) && !same(scopeOf(it), id));
}

const scopeOf = (lock: Stored): string => parsePath(lock.id).scope;

/** 409 without Retry-After (recorded: 0 of 51). */
function locked({ target, verb }: Call, lock: Stored): Answer {
  return gateway(
    409,
    "ScopeLocked",
    `The scope '${target.id}' cannot perform ${verb === "DELETE" ? "delete" : "write"} operation because following scope(s) are locked: '${scopeOf(lock)}'. Please remove the lock and try again.`,
  );
}
