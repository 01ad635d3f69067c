import { gateway } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { subscriptionNotFound } from "../existence.ts";
import type { Kind } from "../kinds.ts";
import { grantFor } from "../roles.ts";

/**
 * 403 AuthorizationFailed, word for word as recorded, where no role assignment allows the action;
 * a subscription that nobody has is not found (recorded: PS CreateRAWhenIdNotExist).
 */
export const authorization: Layer = (call, through, world) => {
  const { principal, target } = call;
  if (!principal || isOpen(call)) return through(call);
  const action = actionOf(call, call.kind);
  const scope = target.name === undefined ? target.parent : target.id;
  if (grantFor(world, principal, action, scope)) return through(call);
  const { subscription } = target;
  const isThere = subscription === "" || world.get(`/subscriptions/${subscription}`) !== undefined;
  if (!isThere && !world.anySubscription) return subscriptionNotFound(subscription);
  return gateway(
    403,
    "AuthorizationFailed",
    `The client '${principal.upn ?? principal.appId ?? principal.objectId}' with object id '${principal.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
};

/** What a role must allow for this call: `Microsoft.CognitiveServices/accounts/listKeys/action`. */
export function actionOf({ verb, action, target }: Call, kind: Kind | undefined): string {
  const type = kind?.type ?? target.type;
  if (action !== undefined) return `${type}/${action}/action`;
  if (verb === "POST") return `${type}/action`;
  if (verb === "DELETE") return `${type}/delete`;
  return `${type}/${verb === "PUT" || verb === "PATCH" ? "write" : "read"}`;
}

/** Lists that show to everyone only what they may see: subscriptions, tenants, queries over them. */
function isOpen({ target, kind, method }: Call): boolean {
  if (method === "GET" && kind?.readBy !== undefined) return true;
  return target.name === undefined && target.parent === "";
}
