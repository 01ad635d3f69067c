import type { Answer, Body } from "../../answers.ts";
import { decide } from "../../connections.ts";
import { parsePath } from "../../ids.ts";
import type { Change, ConnectionRequest, Kind, Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import {
  asDescribed,
  networkAbsent,
  networkCourse,
  networkEtag,
  networkFailure,
  networkVersionsSince,
  objectsIn,
  plainLocation,
  propertiesOf,
} from "./common.ts";
import { stateKey } from "./endpoint-links.ts";
import { idIn, refuseUsed } from "./references.ts";

const serviceType = "Microsoft.Network/privateLinkServices";
const connectionType = `${serviceType}/privateEndpointConnections` as const;
const versions = networkVersionsSince("2019-04-01");

/** Sources: recorded (CLI network_private_link_service 23 to 34); its load balancer is taken as sent. */
const services: Kind = {
  type: serviceType,
  versions,
  tracked: true,
  verbs: ["GET", "LIST", "PUT", "DELETE"], // no PATCH in the specification
  etag: networkEtag,
  readOnly: ["resourceGuid", "alias", "networkInterfaces", "privateEndpointConnections"],
  complete: completeService,
  refuse: refuseService,
  course: (change) => networkCourse(change, change.world.between(5, 15)),
  show: (it, version, world) =>
    asDescribed(showService(it, world), version, ["properties.resourceGuid"]),
  connections: { groupIds: [], type: connectionType, make: makeConnection },
};

function completeService(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const location = plainLocation(wanted.location ?? was?.location);
  const { group, subscription } = parsePath(wanted.id);
  const nic = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/networkInterfaces/${wanted.name}.nic.${world.guid()}`;
  return {
    ...wanted,
    location,
    properties: {
      resourceGuid: world.guid(),
      fqdns: [],
      alias: `${wanted.name}.${world.guid()}.${location}.azure.privatelinkservice`,
      enableProxyProtocol: false,
      networkInterfaces: [{ id: nic }],
      ...wanted.properties,
      ipConfigurations: objectsIn(wanted.properties["ipConfigurations"]).map((one, at) => ({
        name: one["name"],
        id: `${wanted.id}/ipConfigurations/${String(one["name"])}`,
        type: `${serviceType}/ipConfigurations`,
        properties: {
          provisioningState: "Succeeded",
          privateIPAllocationMethod: "Dynamic",
          primary: at === 0,
          privateIPAddressVersion: "IPv4",
          ...omit(propertiesOf(one), ["provisioningState"]),
        },
      })),
    },
  };
}

/** Public text: the policies of its subnet must be off. */
function refuseService({ wanted, world }: Change): Answer | undefined {
  if (!wanted) return undefined;
  const used = objectsIn(wanted.properties["ipConfigurations"]).map((it) =>
    idIn(propertiesOf(it)["subnet"]),
  );
  const policy = "privateLinkServiceNetworkPolicies";
  const closed = used.find((it) => world.get(it)?.properties[policy] === "Enabled");
  const refused = refuseUsed(wanted, used, world);
  if (refused || closed === undefined) return refused;
  return networkFailure(
    400,
    "PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled",
    `Private link service ${wanted.id} cannot be created in a subnet ${closed} since it has private link service network policies enabled.`,
  );
}

function showService(it: Stored, world: World): Body {
  const { provisioningState, resourceGuid, ipConfigurations, ...rest } = it.properties;
  return {
    ...pick(it, ["name", "id", "etag", "type", "location", "tags"]),
    properties: {
      provisioningState,
      resourceGuid,
      ...omit(rest, ["networkInterfaces"]),
      ipConfigurations: objectsIn(ipConfigurations).map((one) => ({ ...one, etag: it.etag })),
      privateEndpointConnections: world.children(it.id, connectionType),
      ...pick(rest, ["networkInterfaces"]),
    },
  };
}

/** 1a: a manual request of a subscription that is approved beforehand does not wait (ASO Alias 29). */
function makeConnection(request: ConnectionRequest, target: Stored, world: World): Stored {
  const own = parsePath(request.endpoint);
  const listed = target.properties["autoApproval"];
  const trusted =
    isObject(listed) && Array.isArray(listed["subscriptions"]) ? listed["subscriptions"] : [];
  const isTrusted = trusted.some((it) => it === "*" || same(String(it), own.subscription));
  const waits = request.manual && !isTrusted;
  const name = `${own.name}.${request.guid}`;
  return {
    id: `${target.id}/privateEndpointConnections/${name}`,
    name,
    type: connectionType,
    etag: networkEtag(world),
    properties: {
      provisioningState: "Succeeded",
      privateEndpoint: { id: request.endpoint },
      privateLinkServiceConnectionState: {
        status: waits ? "Pending" : "Approved",
        description: waits ? (request.message ?? "") : "Auto Approved",
        actionsRequired: "None",
      },
      linkIdentifier: String(536_870_912 + world.between(1, 9999)),
    },
  };
}

/** 1a: the owner decides; seen by the endpoint within 2 s (test_network_private_endpoints 37, 38). */
const connections: Kind = {
  type: connectionType,
  versions,
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  etag: networkEtag,
  readOnly: ["privateEndpoint", "linkIdentifier"],
  complete: (wanted) => ({ ...wanted, properties: worded(wanted.properties) }),
  refuse: ({ was, call }) =>
    was ? undefined : networkFailure(404, "NotFound", `Resource ${call.target.id} not found.`), // made by endpoints only
  course: (change) => networkCourse(change, change.world.between(0, 2)),
  settled(now, was, world) {
    const it = now ?? was;
    if (it) decide(world, it, parsePath(it.id).parent, now === undefined);
  },
  absent: networkAbsent,
};

const worded = (sent: Body): Body => ({
  ...sent,
  [stateKey]: { description: "", actionsRequired: "None", ...Object(sent[stateKey]) },
});

export const privateLinkServiceKinds: readonly Kind[] = [services, connections];
