import type { Answer, Body } from "../answers.ts";
import { connect, disconnect, refuseConnection, stateOf } from "../connections.ts";
import { parsePath } from "../ids.ts";
import type { Change, ConnectionRequest, Course, Kind, Stored } from "../kinds.ts";
import { isObject, omit } from "../merge.ts";
import type { World } from "../world.ts";
import { makeInterface, removeInterface } from "./endpoint-interfaces.ts";
import { namesOf } from "./link-names.ts";
import { isDescribed, networkEtag, networkVersions } from "./network-common.ts";

const groupType = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

/** Sources: recorded/network-dns-search.md 1a unless a line says otherwise. */
export const privateEndpoints: Kind = {
  type: "Microsoft.Network/privateEndpoints",
  versions: networkVersions,
  tracked: true,
  etag: networkEtag,
  verbs: ["GET", "LIST", "PUT", "DELETE"], // no PATCH in 50,000 exchanges
  readOnly: ["resourceGuid", "networkInterfaces", "customDnsConfigs"],
  complete: completeEndpoint,
  refuse: refuseEndpoint,
  course: endpointCourse,
  settled: settleEndpoint,
  show: showEndpoint,
  loaded(it, world) {
    settleEndpoint(it, undefined, world);
    return it;
  },
  decided: (it, _target, _state, world) => world.touch(it.id),
};

function completeEndpoint(wanted: Stored, was: Stored | undefined, world: World): Stored {
  const guid = wanted.properties["resourceGuid"] ?? was?.properties["resourceGuid"] ?? world.guid();
  const networkInterfaces = wanted.properties["networkInterfaces"] ?? [
    {
      id: `${parsePath(wanted.id).parent}/providers/Microsoft.Network/networkInterfaces/${wanted.name}.nic.${world.guid()}`,
    },
  ];
  return {
    ...wanted,
    properties: {
      resourceGuid: guid,
      privateLinkServiceConnections: [],
      manualPrivateLinkServiceConnections: [],
      customNetworkInterfaceName: "",
      ipConfigurations: [],
      ...wanted.properties,
      networkInterfaces,
    },
  };
}

/** A target that is busy, or that takes no endpoints, is asked before anything is made. */
function refuseEndpoint({ wanted, was, world }: Change): Answer | undefined {
  if (!wanted || was) return undefined;
  return requestsOf(wanted)
    .map((it) => refuseConnection(world, it))
    .find((it) => it !== undefined);
}

function endpointCourse({ method, body, wanted, was, world }: Change): Course {
  if (method === "DELETE" || !wanted)
    return {
      status: 202,
      state: "Deleting",
      seconds: world.between(10, 30),
      operation: { dialect: "network" },
      answered: () => undefined,
    };
  const operation = { dialect: "network", headers: ["Azure-AsyncOperation"] } as const;
  const isTagsOnly = was !== undefined && JSON.stringify(body["properties"]) === undefined;
  if (isTagsOnly) return { status: 200, operation };
  const seconds = world.between(30, 50);
  return { status: was ? 200 : 201, state: "Updating", seconds, operation };
}

function settleEndpoint(now: Stored | undefined, was: Stored | undefined, world: World): void {
  if (now) {
    makeInterface(now, world);
    for (const it of requestsOf(now))
      if (!stateOf(world, it.endpoint, it.target)) connect(world, it);
    return;
  }
  if (!was) return;
  removeInterface(was, world);
  for (const it of requestsOf(was)) disconnect(world, it.endpoint, it.target);
}

const arrays = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] as const;

/** What the endpoint asks of its targets: at most one of the two arrays is filled. */
export function requestsOf(it: Stored): ConnectionRequest[] {
  return arrays.flatMap((array) =>
    objectsIn(it.properties[array]).map(({ properties }) => {
      const asked = isObject(properties) ? properties : {};
      const message = asked["requestMessage"];
      return {
        endpoint: it.id,
        guid: String(it.properties["resourceGuid"]),
        target: String(asked["privateLinkServiceId"]),
        groupIds: Array.isArray(asked["groupIds"]) ? asked["groupIds"].map(String) : [],
        manual: array === "manualPrivateLinkServiceConnections",
        ...(typeof message === "string" && { message }),
      };
    }),
  );
}

const objectsIn = (it: unknown): Body[] => (Array.isArray(it) ? it.filter(isObject) : []);

/** customDnsConfigs: empty until Succeeded, while Pending or Rejected, and with a zone group (azurerm docs). */
function showEndpoint(it: Stored, version: string, world: World): Body {
  const [request] = requestsOf(it);
  const isUp = it.properties["provisioningState"] === "Succeeded";
  const status = request && stateOf(world, it.id, request.target)?.status;
  const hasGroup = world.children(it.id, groupType).length > 0;
  const names =
    request && isUp && status === "Approved" && !hasGroup ? namesOf(request.target, world) : [];
  const address = addressOf(it, world);
  return {
    ...it,
    properties: {
      ...omit(it.properties, isDescribed(version) ? ["resourceGuid"] : []),
      ...Object.fromEntries(
        arrays.map((array) => [array, shownConnections(it, array, version, world)]),
      ),
      customDnsConfigs: names.map((fqdn) => ({ fqdn, ipAddresses: [address] })),
    },
  };
}

/** The private address of its interface. */
export function addressOf(it: Stored, world: World): string {
  const [nic] = objectsIn(it.properties["networkInterfaces"]);
  const found = world.get(String(nic?.["id"]));
  const [configuration] = objectsIn(found?.properties["ipConfigurations"]);
  const properties = configuration?.["properties"];
  return isObject(properties) ? String(properties["privateIPAddress"]) : "";
}

function shownConnections(
  it: Stored,
  array: (typeof arrays)[number],
  version: string,
  world: World,
): Body[] {
  return objectsIn(it.properties[array]).map((one) => {
    const properties = isObject(one["properties"]) ? one["properties"] : {};
    const known = stateOf(world, it.id, String(properties["privateLinkServiceId"]));
    const kept = properties["privateLinkServiceConnectionState"];
    const state = known ?? (isObject(kept) ? kept : intended(array));
    return {
      name: one["name"],
      id: `${it.id}/${array}/${String(one["name"])}`,
      etag: it.etag,
      type: `Microsoft.Network/privateEndpoints/${array}`,
      properties: {
        provisioningState: "Succeeded",
        ...properties,
        privateLinkServiceConnectionState: omit(
          { ...state },
          isDescribed(version) ? ["description"] : [],
        ),
      },
    };
  });
}

/** What the answer to PUT says, before the target has said anything. */
function intended(array: (typeof arrays)[number]): Body {
  return array === "privateLinkServiceConnections"
    ? { status: "Approved", description: "Auto Approved", actionsRequired: "None" }
    : { status: "Pending", description: "Awaiting Approval", actionsRequired: "None" };
}
