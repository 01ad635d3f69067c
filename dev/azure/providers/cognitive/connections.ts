import { type Body, failure, notAllowed } from "../../answers.ts";
import { decide } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import { type ConnectionRequest, isTerminal, type Kind, type Stored } from "../../kinds.ts";
import { isObject, omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { cognitiveEtag, cognitiveVersions, refuseBusy } from "./common.ts";

const type = "Microsoft.CognitiveServices/accounts/privateEndpointConnections";

/** Recorded: pec 24-33. PUT and DELETE are 200 and synchronous; the account's etag moves with them. */
export const connectionsKind: Kind = {
  type,
  versions: cognitiveVersions,
  longName: true,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: cognitiveEtag,
  readOnly: ["privateEndpoint", "groupIds"],
  complete: described,
  refuse: (change) => (change.wanted && !change.was ? notAllowed("PUT") : refuseBusy(change)),
  settled(now, was, world) {
    const it = now ?? was;
    if (it) decide(world, it, parsePath(it.id).parent, now === undefined);
  },
};

/** pec 26, 29: a null description comes back as "Approved" on approval and is left out on rejection. */
function described(wanted: Stored, was: Stored | undefined): Stored {
  const before = was?.properties["privateLinkServiceConnectionState"];
  const sent = wanted.properties["privateLinkServiceConnectionState"];
  const state = {
    actionsRequired: "None",
    ...(isObject(sent) ? sent : isObject(before) ? before : {}),
  };
  const approved = "status" in state && state.status === "Approved";
  const spoken = "description" in state && state.description !== null;
  const description = approved && !spoken ? { description: "Approved" } : {};
  return {
    ...wanted,
    location: wanted.location ?? was?.location ?? "",
    properties: {
      ...wanted.properties,
      privateLinkServiceConnectionState: {
        ...omit(state, spoken ? [] : ["description"]),
        ...description,
      },
    },
  };
}

export const connectionRules: NonNullable<Kind["connections"]> = {
  groupIds: ["account"],
  type,
  refuse(_request, target) {
    // quoted; raised by Microsoft.Network on behalf of the account
    if (!isTerminal(target))
      return failure(
        400,
        "AccountProvisioningStateInvalid",
        `Call to Microsoft.CognitiveServices/accounts failed. Error message: Account ${target.id} in state ${String(target.properties["provisioningState"])}.`,
      );
    // azure-docs private endpoints need a custom subdomain; code and text are not recorded
    return target.properties["customSubDomainName"] === undefined
      ? failure(400, "BadRequest", "Private endpoints need a custom subdomain name.")
      : undefined;
  },
  make: (request, target, world) => connection(request, target, world),
};

/** pec 18 and 23: named after the endpoint and its resourceGuid; approved at once unless manual. */
function connection(request: ConnectionRequest, target: Stored, world: World): Stored {
  const name = `${parsePath(request.endpoint).name}.${request.guid}`;
  return {
    id: `${target.id}/privateEndpointConnections/${name}`,
    name: `${target.name}/${name}`,
    type,
    etag: cognitiveEtag(world),
    location: target.location ?? "",
    properties: {
      privateEndpoint: { id: request.endpoint },
      groupIds: [...request.groupIds],
      privateLinkServiceConnectionState: request.manual
        ? { status: "Pending", description: request.message ?? "", actionsRequired: "None" }
        : { status: "Approved", description: "Approved", actionsRequired: "None" },
      provisioningState: "Succeeded",
    },
  };
}

/** pec 23: inside the account without etag, location and provisioningState. */
export function embedded(account: Stored, world: World): Body[] {
  return world.children(account.id, type).map((it) => ({
    ...pick(it, ["id", "name", "type"]),
    properties: omit(it.properties, ["provisioningState"]),
  }));
}

/** A loaded account brings its connections inside; here they are children. */
export function takeApart(account: Stored, world: World): Stored {
  const inside = account.properties["privateEndpointConnections"];
  for (const it of Array.isArray(inside) ? inside : [])
    if (isObject(it)) world.put(child(it, account, world));
  return { ...account, properties: omit(account.properties, ["privateEndpointConnections"]) };
}

function child(it: Body, account: Stored, world: World): Stored {
  const properties = isObject(it["properties"]) ? it["properties"] : {};
  const name = parsePath(String(it["id"])).name ?? "";
  return {
    id: `${account.id}/privateEndpointConnections/${name}`,
    name: `${account.name}/${name}`,
    type,
    etag: cognitiveEtag(world),
    location: account.location ?? "",
    properties: { provisioningState: "Succeeded", ...properties },
  };
}
