import { stateOf, targetOf } from "../../connections.ts";
import type { ConnectionRequest, Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";
import { objectsIn, propertiesOf } from "./common.ts";
import { membersOf } from "./link-names.ts";

export const arrays = [
  "privateLinkServiceConnections",
  "manualPrivateLinkServiceConnections",
] as const;

export const stateKey = "privateLinkServiceConnectionState";

/** What an endpoint asks of its targets: at most one of the two arrays is filled. */
export function requestsOf(it: Stored): ConnectionRequest[] {
  return arrays.flatMap((array) =>
    objectsIn(it.properties[array]).map((one) => {
      const asked = propertiesOf(one);
      const message = asked["requestMessage"];
      return {
        endpoint: it.id,
        name: String(one["name"]),
        guid: String(it.properties["resourceGuid"]),
        target: String(asked["privateLinkServiceId"]),
        groupIds: Array.isArray(asked["groupIds"]) ? asked["groupIds"].map(String) : [],
        manual: array === "manualPrivateLinkServiceConnections",
        ...(typeof message === "string" && { message }),
      };
    }),
  );
}

/** The configurations of its interface: one a member, each with an address. */
export function configurationsOf(it: Stored, world: World) {
  const [nic] = objectsIn(it.properties["networkInterfaces"]);
  const found = world.get(String(nic?.["id"]));
  return objectsIn(found?.properties["ipConfigurations"]).map((one) => {
    const properties = propertiesOf(one);
    const link = properties["privateLinkConnectionProperties"];
    return {
      id: String(one["id"]),
      member: isObject(link) ? String(link["requiredMemberName"]) : "",
      address: String(properties["privateIPAddress"]),
    };
  });
}

/** Public names with their private addresses: known as soon as the target has approved, and only then. */
export function linkedNames(it: Stored, world: World): { fqdn: string; address: string }[] {
  const [request] = requestsOf(it);
  if (!request || statusOf(it, request, world) !== "Approved") return [];
  const configurations = configurationsOf(it, world);
  return membersOf(request.target, request.groupIds, world).flatMap(({ name, fqdns }) => {
    const own = configurations.find((one) => one.member === name) ?? configurations[0];
    return own ? fqdns.map((fqdn) => ({ fqdn, address: own.address })) : [];
  });
}

/** A target that is not simulated approves what is not manual. */
function statusOf(it: Stored, request: ConnectionRequest, world: World): string | undefined {
  const own = stateOf(world, it.id, request.target);
  const target = targetOf(world, request.target);
  if (own || world.kind(target?.type ?? "")?.connections) return own?.status;
  return request.manual ? "Pending" : "Approved";
}
