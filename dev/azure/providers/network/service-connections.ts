import type { Answer, Body } from "../../answers.ts";
import { decide } from "../../connections.ts";
import { unknownType } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import { type ConnectionRequest, type Kind, type Stored, stateless } from "../../kinds.ts";
import { pick } from "../../merge.ts";
import type { World } from "../../world.ts";

type Side = Readonly<{
  type: Kind["type"];
  groupIds: readonly string[];
  /** What the service writes beside an approval; absent: nothing. */
  approved?: string;
  /** The connection's name on the service's side. */
  named(request: ConnectionRequest, target: Stored, world: World): string;
}>;

const childOf = (type: Kind["type"]) => `${type}/privateEndpointConnections` as Kind["type"];

/** The service's side of private endpoints, for services of which little else is simulated. */
export function connectionsOf({
  type,
  groupIds,
  approved,
  named,
}: Side): NonNullable<Kind["connections"]> {
  return {
    groupIds,
    type: childOf(type),
    make(request, target, world) {
      const name = named(request, target, world);
      return {
        id: `${target.id}/privateEndpointConnections/${name}`,
        name,
        type: childOf(type),
        properties: {
          provisioningState: "Succeeded",
          privateEndpoint: { id: request.endpoint },
          privateLinkServiceConnectionState: {
            status: request.manual ? "Pending" : "Approved",
            ...(!request.manual && approved !== undefined && { description: approved }),
            actionsRequired: "None",
          },
        },
      };
    },
  };
}

/** The connections themselves: read, and where it was recorded at once, decided and removed. */
export function connectionKind(
  type: Kind["type"],
  versions: readonly string[],
  more: Partial<Kind> = {},
): Kind {
  return {
    type: childOf(type),
    versions,
    verbs: ["GET", "LIST"],
    serve: { PUT: notSimulated, DELETE: notSimulated },
    inState: stateless,
    settled(now, was, world) {
      const it = now ?? was;
      if (it) decide(world, it, parsePath(it.id).parent, now === undefined);
    },
    ...more,
  };
}

const notSimulated = (
  call: Parameters<NonNullable<NonNullable<Kind["serve"]>["PUT"]>>[0],
): Answer => unknownType(call.target, call.version);

/** As the service's own body embeds them; a loaded row that has none keeps what it says. */
export function connectionsIn(it: Stored, keys: readonly string[], world: World): Body {
  const own = world
    .children(it.id, childOf(it.type as Kind["type"]))
    .map((one) => pick(world.kind(one.type)?.show?.(one, "", world) ?? one, keys));
  const isLoaded = it.properties["privateEndpointConnections"] !== undefined || isBare(it);
  return own.length === 0 && isLoaded ? {} : { privateEndpointConnections: own };
}

const isBare = (it: Stored): boolean => Object.keys(it.properties).length <= 1;
