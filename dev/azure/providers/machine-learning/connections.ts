import { type Body, list, notAllowed } from "../../answers.ts";
import { decide } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import { type ConnectionRequest, type Kind, type Stored, view } from "../../kinds.ts";
import { isObject, omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { machineLearningVersions, workspaceType } from "./common.ts";

const type = `${workspaceType}/privateEndpointConnections` as const;

/** Registries were recorded with PUT 200; DELETE of a workspace's is 200 in the specification. */
export const privateEndpointConnections: Kind = {
  type,
  versions: machineLearningVersions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  readOnly: ["privateEndpoint"],
  complete: (wanted, was) => ({
    ...wanted,
    ...(was?.location !== undefined && { location: was.location }),
  }),
  course: () => ({ status: 200 }),
  // like accounts (recorded there): only endpoints make them
  refuse: ({ wanted, was }) => (wanted && !was ? notAllowed("PUT") : undefined),
  settled(now, was, world) {
    const it = now ?? was;
    if (it) decide(world, it, parsePath(it.id).parent, now === undefined);
  },
  show: (it, version, world) => ({
    ...pick(it, ["id", "name", "type"]),
    ...shown(it, version, world),
  }),
};

export const connectionRules: NonNullable<Kind["connections"]> = {
  groupIds: ["amlworkspace"],
  type,
  make: connection,
};

/** Claim 41: named after the workspace and a guid; approved at once unless manual. */
function connection(request: ConnectionRequest, target: Stored, world: World): Stored {
  const name = `${target.name}.${world.guid()}`;
  const manual = { status: "Pending", description: request.message ?? "", actionsRequired: "None" };
  return {
    id: `${target.id}/privateEndpointConnections/${name}`,
    name,
    type,
    ...(target.location !== undefined && { location: target.location }),
    properties: {
      provisioningState: "Succeeded",
      privateEndpoint: { id: request.endpoint },
      privateLinkServiceConnectionState: request.manual
        ? manual
        : { status: "Approved", description: "Auto-Approved", actionsRequired: "None" },
    },
  };
}

/** Claim 41: neither name nor type inside the workspace. */
export function embedded(workspace: Stored, version: string, world: World): Body[] {
  return world
    .children(workspace.id, type)
    .map((it) => ({ id: it.id, ...shown(it, version, world) }));
}

/** The subnet was seen at 2020-08-01 (claim 41); specifications of 2024 and later lack it. */
function shown(it: Stored, version: string, world: World): Body {
  const own = it.properties["privateEndpoint"] as Body;
  const privateEndpoint =
    version < "2024" ? { ...subnetOf(own, world), ...own } : omit(own, ["subnetArmId"]);
  return { location: it.location, properties: { ...it.properties, privateEndpoint } };
}

function subnetOf({ id }: Body, world: World): Body {
  const subnet = world.get(String(id))?.properties["subnet"];
  return isObject(subnet) ? { id, subnetArmId: subnet["id"] } : {};
}

/** A loaded workspace brings its connections inside; here they are children. */
export function takeApart(workspace: Stored, world: World): Stored {
  const { privateEndpointConnections: inside, ...properties } = workspace.properties;
  for (const it of Array.isArray(inside) ? inside : []) if (isObject(it)) world.put(child(it));
  return { ...workspace, properties };
}

function child(it: Body): Stored {
  const id = String(it["id"]);
  return {
    id,
    name: id.split("/").at(-1) ?? "",
    type,
    ...(typeof it["location"] === "string" && { location: it["location"] }),
    properties: isObject(it["properties"]) ? it["properties"] : {},
  };
}

/** azure-docs private endpoint DNS; the shape is the recorded one of registries. */
export const privateLinkResources = view(
  `${workspaceType}/privateLinkResources`,
  machineLearningVersions,
  {
    LIST: ({ target }) =>
      list([
        {
          id: `${target.parent}/privateLinkResources/amlworkspace`,
          name: "amlworkspace",
          type: `${workspaceType}/privateLinkResources`,
          properties: {
            groupId: "amlworkspace",
            requiredMembers: ["default"],
            requiredZoneNames: ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
          },
        },
      ]),
  },
);
