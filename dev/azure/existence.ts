import { type Answer, failure, gateway } from "./answers.ts";
import type { Call } from "./call.ts";
import { parsePath, scopesOf, type Target } from "./ids.ts";
import type { Kind, Verb } from "./kinds.ts";
import type { World } from "./world.ts";

export const groupType = "Microsoft.Resources/subscriptions/resourceGroups";
export const shownGroupType = "Microsoft.Resources/resourceGroups";
export const subscriptionType = "Microsoft.Resources/subscriptions";

/** Public texts; the 404 of an unknown type is recorded. Asked before anything is read. */
export function refuseVersion({ target, kind, version, query }: Call): Answer | undefined {
  if (!query.has("api-version"))
    return gateway(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  if (!kind) return unknownType(target, version);
  if (kind.versions.includes(version)) return undefined;
  return gateway(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${version}' is invalid. The supported versions are '${kind.versions.join(",")}'.`,
  );
}

/** `x-not-simulated` says that this Azure, not the real one, lacks the type. */
export function unknownType(target: Target, version: string): Answer {
  const space = target.type.split("/")[0];
  const refused = gateway(
    404,
    "InvalidResourceType",
    `The resource type could not be found in the namespace '${space}' for api version '${version}'.`,
  );
  return { ...refused, headers: { ...refused.headers, "x-not-simulated": "type" } };
}

/** The first thing above a target that is missing, from the subscription down. */
export function refuseOrphan(
  { target, kind, verb, version }: Call,
  world: World,
): Answer | undefined {
  const home = `/subscriptions/${target.subscription}`;
  if (world.anySubscription && target.subscription !== "" && !world.get(home))
    world.put(subscriptionOf(home));
  const missing = scopesOf(target.parent)
    .reverse()
    .map((id) => parsePath(id))
    .find((it) => !world.get(it.id) && (world.kind(it.type) || it.id === target.scope));
  if (!missing) return undefined;
  if (missing.type === subscriptionType) return subscriptionNotFound(missing.name ?? "");
  if (missing.type === groupType) return groupNotFound(missing.name ?? "");
  if (!world.kind(missing.type)) return unknownType(missing, version);
  return kind?.orphan?.(target, verb, world) ?? resourceNotFound(missing);
}

/** Recorded code and text; 409 by convention. */
export function refuseLeavingGroup({ target, method }: Call, world: World): Answer | undefined {
  if (target.group === "" || (method !== "PUT" && method !== "PATCH")) return undefined;
  const group = world.get(`/subscriptions/${target.subscription}/resourceGroups/${target.group}`);
  if (group?.properties["provisioningState"] !== "Deleting") return undefined;
  return gateway(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${group.name}' is in deprovisioning state and cannot perform this operation.`,
  );
}

export function subscriptionOf(id: string) {
  const name = parsePath(id).name ?? "";
  return { id, type: subscriptionType, name, properties: {} };
}

/** Recorded; names the resource by its type with the names woven in. */
export function resourceNotFound(target: Target): Answer {
  const own = target.id.slice(target.id.toLowerCase().lastIndexOf("/providers/") + 11);
  return gateway(
    404,
    "ResourceNotFound",
    `The Resource '${own}' under resource group '${target.group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** For `orphan` of a kind; recorded: `privateDnsZones/A`, `workspaces/computes`, Storage. */
export function parentNotFound(type: string) {
  return (target: Target, verb: Verb): Answer => {
    const done = { PUT: "write", PATCH: "write", DELETE: "delete" }[String(verb)] ?? "read";
    return gateway(
      404,
      "ParentResourceNotFound",
      `Failed to perform '${done}' on resource(s) of type '${type}', because the parent resource '${target.parent}' could not be found.`,
    );
  };
}

export function groupNotFound(name: string): Answer {
  return gateway(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
}

/** Recorded: PS CreateRAWhenIdNotExist. */
export function subscriptionNotFound(name: string): Answer {
  return gateway(404, "SubscriptionNotFound", `The subscription '${name}' could not be found.`);
}

/** Where nothing of a kind stands under this id. */
export function absent({ target, verb }: Call, kind: Kind, world: World): Answer {
  const own = kind.absent?.(target, verb, world);
  if (own) return own;
  if (kind.type === groupType) return groupNotFound(target.name ?? ""); // also on DELETE (public)
  if (verb === "DELETE") return { status: 204 };
  if (kind.type === subscriptionType) return subscriptionNotFound(target.name ?? "");
  return resourceNotFound(target);
}

export function badContent(message: string): Answer {
  return failure(400, "InvalidRequestContent", message, { "x-ms-failure-cause": "gateway" });
}
