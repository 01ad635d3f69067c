import { type Answer, gateway } from "../answers.ts";
import type { Call } from "../call.ts";
import { actionOf } from "../layers/authorization.ts";
import { grantFor } from "../roles.ts";
import type { World } from "../world.ts";

/** 403 of ARM where a write names another resource and the caller may not use that (public text). */
export function refuseLinked(
  call: Call,
  action: string,
  scopes: readonly string[],
  world: World,
): Answer | undefined {
  const { principal, target } = call;
  const closed = principal && scopes.find((it) => !grantFor(world, principal, action, it));
  if (!principal || closed === undefined) return undefined;
  const client = principal.upn ?? principal.appId ?? principal.objectId;
  return gateway(
    403,
    "LinkedAuthorizationFailed",
    `The client '${client}' with object id '${principal.objectId}' has permission to perform action '${actionOf(call, call.kind)}' on scope '${target.id}'; however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${closed}' (respectively) or the linked scope(s) are invalid.`,
  );
}
