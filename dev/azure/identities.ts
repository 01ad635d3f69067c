import type { Call } from "./call.ts";
import type { Stored } from "./kinds.ts";
import { isObject, omit } from "./merge.ts";
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
    principalId: before["principalId"] ?? world.guid(),
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

function assigned(users: object, world: World) {
  return Object.fromEntries(
    Object.entries(users).map(([id, known]: [string, unknown]) => [
      id,
      isObject(known) && known["principalId"] !== undefined
        ? known
        : { principalId: world.guid(), clientId: world.guid() },
    ]),
  );
}
