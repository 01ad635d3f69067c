import type { Body } from "../../answers.ts";
import { connect, disconnect, stateOf } from "../../connections.ts";
import type { ConnectionRequest, Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";

/*
 * The endpoints of a managed network stand in a subscription of Microsoft's, where nobody sees them;
 * what they lead to shows them as Approved connections like any other (general 11, quoted).
 */
const microsoft = "/subscriptions/8a0b7c1d-5e2f-4a63-9b84-c7d6e5f40312";

export function joinOwnEndpoints(it: Stored, rules: Record<string, Body>, world: World): void {
  for (const request of requestsOf(it, rules, world))
    if (!stateOf(world, request.endpoint, request.target)) connect(world, request);
}

/** The workspace is gone, or rules of it are. */
export function cutOwnEndpoints(it: Stored, world: World, rules = rulesOf(it)): void {
  for (const { endpoint, target } of requestsOf(it, rules, world))
    disconnect(world, endpoint, target);
}

function requestsOf(it: Stored, rules: Record<string, Body>, world: World): ConnectionRequest[] {
  const group = `${microsoft}/resourceGroups/vnet-${it.properties["workspaceId"]}`;
  return Object.entries(rules).flatMap(([name, { destination: to }]) =>
    isObject(to) && typeof to["serviceResourceId"] === "string"
      ? {
          endpoint: `${group}/providers/Microsoft.Network/privateEndpoints/${name}`,
          guid: world.guid(),
          target: to["serviceResourceId"],
          groupIds: [String(to["subresourceTarget"])],
          manual: false,
        }
      : [],
  );
}

function rulesOf({ properties }: Stored): Record<string, Body> {
  const network = properties["managedNetwork"];
  const rules = isObject(network) ? network["outboundRules"] : undefined;
  return isObject(rules) ? (rules as Record<string, Body>) : {};
}
