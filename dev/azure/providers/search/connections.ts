import type { Answer, Body } from "../../answers.ts";
import { decide } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import type { Change, ConnectionRequest, Kind, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isFree, listUnder, searchFailure, searchVersions } from "./common.ts";

const type = "Microsoft.Search/searchServices/privateEndpointConnections";

/** Recorded: test_private_endpoint_connection_crud 35 to 43; PUT and DELETE are 200 and synchronous. */
export const searchConnections: Kind = {
  type,
  versions: searchVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  readOnly: ["privateEndpoint", "groupId"],
  serve: { LIST: listUnder(type) },
  complete: described,
  refuse: refuseConnection,
  course: ({ wanted, was }) =>
    wanted ? { status: 200 } : { status: 200, answered: () => disconnected(was) },
  settled(now, was, world) {
    const it = now ?? was;
    if (it) decide(world, it, parsePath(it.id).parent, now === undefined);
  },
  absent: ({ id }, verb, world) => (verb === "DELETE" ? undefined : notFound(id, world)),
};

function stateOf(it: Stored | undefined): Body {
  const state = it?.properties["privateLinkServiceConnectionState"];
  return isObject(state) ? state : {};
}

/** 38 to 40: `actionsRequired` is "None" whatever was sent; 1e: no description is null. */
function described(wanted: Stored): Stored {
  const { status, description = null } = stateOf(wanted);
  return {
    ...wanted,
    properties: {
      ...wanted.properties,
      privateLinkServiceConnectionState: { status, description, actionsRequired: "None" },
    },
  };
}

/** 1e: test_private_endpoint_connection_search 43; by way of Pending it is allowed (crud 39, 40). */
function refuseConnection({ wanted, was, call, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  if (!was) return notFound(call.target.id, world);
  const [from, to] = [stateOf(was)["status"], stateOf(wanted)["status"]];
  if (from !== "Rejected" || to !== "Approved") return undefined;
  const text = `Could not update Private Endpoint connection status from 'Rejected' to 'Approved': ${was.name}.`;
  return searchFailure(400, "OperationNotAllowed", text, world);
}

/** 42. */
function notFound(id: string, world: World): Answer {
  const { name, parent, group, subscription } = parsePath(id);
  const text = `Could not find private endpoint connection '${name}' in subscription '${subscription}', resourceGroupName '${group}', searchService '${parsePath(parent).name}'.`;
  return searchFailure(404, "ResourceNotFound", text, world);
}

/** 41. */
function disconnected(was: Stored | undefined): Body {
  const state = {
    status: "Disconnected",
    description: "Remove request from customer.",
    actionsRequired: "None",
  };
  return {
    ...was,
    properties: { ...was?.properties, privateLinkServiceConnectionState: state },
  };
}

export const connectionRules: NonNullable<Kind["connections"]> = {
  groupIds: ["searchService"],
  type,
  // azure-docs: private endpoints begin with the basic tier; code and text are not recorded
  refuse: (_request, target, world) =>
    isFree(target)
      ? searchFailure(400, "BadRequest", "Private endpoints need the basic tier.", world)
      : undefined,
  make: (request, target) => connection(request, target),
};

/** 35: named after the endpoint and its resourceGuid. */
function connection(request: ConnectionRequest, target: Stored): Stored {
  const name = `${parsePath(request.endpoint).name}.${request.guid}`;
  const state = request.manual
    ? { status: "Pending", description: request.message ?? null }
    : { status: "Approved", description: "Auto-approved" };
  return {
    id: `${target.id}/privateEndpointConnections/${name}`,
    name,
    type,
    properties: {
      privateEndpoint: { id: request.endpoint },
      privateLinkServiceConnectionState: { ...state, actionsRequired: "None" },
      provisioningState: "Succeeded",
      groupId: request.groupIds[0] ?? "searchService",
    },
  };
}

/** 35: inside the service they look as by themselves. */
export function embeddedConnections(service: Stored, world: World): readonly Stored[] {
  return world.children(service.id, type);
}

/** A loaded service brings its connections inside; here they are children. */
export function takeApart(service: Stored, world: World): Stored {
  const inside = service.properties["privateEndpointConnections"];
  for (const it of Array.isArray(inside) ? inside : [])
    if (isObject(it)) world.put(child(it, service));
  const embedded = ["privateEndpointConnections", "sharedPrivateLinkResources"];
  return { ...service, properties: omit(service.properties, embedded) };
}

function child(it: Body, service: Stored): Stored {
  const properties = isObject(it["properties"]) ? it["properties"] : {};
  const name = parsePath(String(it["id"])).name ?? "";
  return {
    id: `${service.id}/privateEndpointConnections/${name}`,
    name,
    type,
    properties: { provisioningState: "Succeeded", ...properties },
  };
}
