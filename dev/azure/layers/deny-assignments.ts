import { createHash } from "node:crypto";
import { gateway } from "../answers.ts";
import type { Layer } from "../call.ts";
import { shownGroupType } from "../existence.ts";
import { parsePath } from "../ids.ts";
import type { Stored } from "../kinds.ts";
import type { World } from "../world.ts";
import { actionOf } from "./authorization.ts";

export const denyAssignmentType = "Microsoft.Authorization/denyAssignments";

/** What the service that manages a group (`managedBy`) forbids everyone in it: all but to read. */
export type DenyAssignment = Readonly<{ id: string; guid: string; name: string; scope: string }>;

/**
 * 403 in a managed group, also for owners, in the recorded words (manners 1.9: of a deployment stack).
 * Not known: which services leave their groups open; here none does. Services themselves do not pass here.
 */
export const denyAssignments: Layer = (call, through, world) => {
  const { principal, target } = call;
  const action = actionOf(call, call.kind);
  const held = isOnlyRead(action) ? undefined : denyAssignmentAt(target.id, world);
  if (!principal || !held) return through(call);
  const client = principal.upn ?? principal.appId ?? principal.objectId;
  const scope = target.name === undefined ? target.parent : target.id;
  return gateway(
    403,
    "DenyAssignmentAuthorizationFailed",
    `The client '${client}' with object id '${principal.objectId}' has permission to perform action '${action}' on scope '${scope}'; however, the access is denied because of the deny assignment with name '${held.name}' and Id '${held.guid.replaceAll("-", "")}' at scope '${held.scope}'.`,
  );
};

const isOnlyRead = (action: string): boolean => action.toLowerCase().endsWith("/read");

function denyAssignmentAt(id: string, world: World): DenyAssignment | undefined {
  const { subscription, group } = parsePath(id);
  const it = world.get(`/subscriptions/${subscription}/resourceGroups/${group}`);
  return it && denyAssignmentOf(it);
}

/** Those at a scope, above it, and below it. */
export function denyAssignmentsAround(scope: string, world: World): DenyAssignment[] {
  const { subscription, group } = parsePath(scope);
  if (group !== "") return [denyAssignmentAt(scope, world)].filter((it) => it !== undefined);
  return world.ofType(subscription, shownGroupType).flatMap((it) => denyAssignmentOf(it) ?? []);
}

function denyAssignmentOf({ id, managedBy }: Stored): DenyAssignment | undefined {
  // recorded (CLI test_resource_group): any word is taken; only what has an id is a service
  if (typeof managedBy !== "string" || !managedBy.startsWith("/")) return undefined;
  const guid = guidFor(id);
  const name = `System deny assignment created by ${managedBy}`;
  return { id: `${id}/providers/${denyAssignmentType}/${guid}`, guid, name, scope: id };
}

/** Always the same for a group. */
function guidFor(id: string): string {
  const hex = createHash("sha256").update(id.toLowerCase()).digest("hex");
  return [0, 8, 12, 16, 20].map((at, n) => hex.slice(at, [8, 12, 16, 20, 32][n])).join("-");
}
