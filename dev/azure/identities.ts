import type { Call } from "./call.ts";
import type { Stored } from "./kinds.ts";
import { isObject, omit } from "./merge.ts";
import type { Principal } from "./principals.ts";
import type { World } from "./world.ts";

/**
 * What Azure adds to `identity`: a principal for a system-assigned one, which stays as long as the
 * identity does (ident 7 and 12: type None leaves nothing else), and ids for user-assigned ones.
 */
export function withIdentity(
  it: Stored,
  was: Stored | undefined,
  call: Call,
  world: World,
): Stored {
  const sent = it["identity"];
  if (!isObject(sent)) return it;
  const before = isObject(was?.["identity"]) ? was["identity"] : {};
  const system = /systemassigned/i.test(String(sent["type"])) && {
    principalId: before["principalId"] ?? newcomer(it.name, call, world),
    tenantId: before["tenantId"] ?? call.principal?.tenantId ?? "",
  };
  const users = sent["userAssignedIdentities"];
  return {
    ...it,
    identity: {
      ...system,
      ...omit(sent, ["principalId", "tenantId"]),
      ...(isObject(users) && { userAssignedIdentities: assigned(users, world) }),
    },
  };
}

/** A new principal, which others find only some time later. */
function newcomer(name: string, call: Call, world: World): string {
  const [objectId, appId] = [world.guid(), world.guid()];
  introduce(
    { objectId, appId, name, tenantId: call.principal?.tenantId ?? "", kind: "app" },
    world,
  );
  return objectId;
}

/** Recorded (general 32): a role cannot be assigned to a new principal for 1 to 37 s, mostly a few. */
export function introduce(principal: Principal, world: World): void {
  const seconds = Math.min(world.between(1, 37), world.between(1, 37));
  world.after(seconds, () => world.directory.register(principal));
}

/** Those of an identity that is there; for one that is not simulated they are made up. */
function assigned(users: object, world: World) {
  return Object.fromEntries(
    Object.entries(users).map(([id, known]: [string, unknown]) => {
      if (isObject(known) && known["principalId"] !== undefined) return [id, known];
      const own = world.get(id)?.properties ?? {};
      return [
        id,
        {
          principalId: own["principalId"] ?? world.guid(),
          clientId: own["clientId"] ?? world.guid(),
        },
      ];
    }),
  );
}
