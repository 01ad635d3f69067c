import type { Answer } from "./answers.ts";
import { subscriptionType } from "./existence.ts";
import type { ConnectionRequest, ConnectionState, Stored } from "./kinds.ts";
import { isObject, same } from "./merge.ts";
import type { World } from "./world.ts";

/*
 * The seam between private endpoints and what they connect to. A connection is stored once, as the
 * child that the target's kind names in `connections.type`, with `properties.privateEndpoint.id` and
 * `properties.privateLinkServiceConnectionState`. The endpoint's side reads it through `stateOf`;
 * the target's side tells the endpoint through `decide`, which calls `decided` of its kind.
 */

/** The target's objection to an endpoint that is about to be made; undefined also for other types. */
export function refuseConnection(world: World, request: ConnectionRequest): Answer | undefined {
  const target = targetOf(world, request.target);
  return target && world.kind(target.type)?.connections?.refuse?.(request, target, world);
}

/** Makes the connection on the target's side; undefined when no such target is known here. */
export function connect(world: World, request: ConnectionRequest): ConnectionState | undefined {
  const target = targetOf(world, request.target);
  const make = target && world.kind(target.type)?.connections?.make;
  if (!target || !make) return undefined;
  world.put(make(request, target, world));
  world.touch(target.id);
  return stateOf(world, request.endpoint, request.target);
}

/** What the target says of an endpoint now; undefined: it knows of no connection. */
export function stateOf(
  world: World,
  endpoint: string,
  target: string,
): ConnectionState | undefined {
  const state = find(world, endpoint, target)?.properties["privateLinkServiceConnectionState"];
  return isObject(state) ? (state as ConnectionState) : undefined;
}

/** The endpoint is gone, or no longer asks for this target. */
export function disconnect(world: World, endpoint: string, target: string): void {
  const connection = find(world, endpoint, target);
  if (!connection) return;
  world.remove(connection.id);
  world.touch(targetOf(world, target)?.id ?? target);
}

/** For kinds of connections: call from `settled` when the target's owner approved, rejected or removed one. */
export function decide(world: World, connection: Stored, target: string, removed: boolean): void {
  world.touch(target);
  const endpoint = world.get(endpointOf(connection) ?? "");
  const state = connection.properties["privateLinkServiceConnectionState"];
  if (endpoint)
    world
      .kind(endpoint.type)
      ?.decided?.(endpoint, target, removed ? undefined : (state as ConnectionState), world);
}

function find(world: World, endpoint: string, target: string): Stored | undefined {
  const it = targetOf(world, target);
  const type = world.kind(it?.type ?? "")?.connections?.type;
  if (!it || type === undefined) return undefined;
  return world.children(it.id, type).find((one) => same(endpointOf(one), endpoint));
}

/** What an endpoint names: an id, or the alias of a link service of any subscription (ASO Alias 25). */
export function targetOf(world: World, target: string): Stored | undefined {
  if (target.startsWith("/")) return world.get(target);
  return world
    .children("", subscriptionType)
    .flatMap((it) => world.ofType(it.name, "Microsoft.Network/privateLinkServices"))
    .find((it) => same(String(it.properties["alias"]), target));
}

function endpointOf(connection: Stored): string | undefined {
  const endpoint = connection.properties["privateEndpoint"];
  return isObject(endpoint) && typeof endpoint["id"] === "string" ? endpoint["id"] : undefined;
}
