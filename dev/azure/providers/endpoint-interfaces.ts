import type { Body } from "../answers.ts";
import type { Kind, Stored } from "../kinds.ts";
import { isObject, omit } from "../merge.ts";
import type { World } from "../world.ts";
import { namesOf } from "./link-names.ts";
import { isDescribed, networkEtag, networkVersions, plainLocation } from "./network-common.ts";
import { subnetOf } from "./virtual-networks.ts";

/** PATCH takes tags only (Microsoft.Network specification). */
export const networkInterfaces: Kind = {
  type: "Microsoft.Network/networkInterfaces",
  versions: networkVersions,
  tracked: true,
  etag: networkEtag,
  show: showInterface,
};

function showInterface(it: Stored, version: string): Body {
  return isDescribed(version) ? omit(it, ["kind", "managedBy"]) : it;
}

const first = (it: unknown): Record<string, unknown> | undefined =>
  Array.isArray(it) && isObject(it[0]) ? it[0] : undefined;

/** Recorded (ASO 20250301 20): made with the endpoint, which manages it; names its public names. */
export function makeInterface(endpoint: Stored, world: World): void {
  const id = String(first(endpoint.properties["networkInterfaces"])?.["id"]);
  if (world.get(id)) return;
  const connection =
    first(endpoint.properties["privateLinkServiceConnections"]) ??
    first(endpoint.properties["manualPrivateLinkServiceConnections"]);
  const asked = isObject(connection?.["properties"]) ? connection["properties"] : {};
  const subnet = isObject(endpoint.properties["subnet"]) ? endpoint.properties["subnet"] : {};
  const groups = asked["groupIds"];
  const groupId = Array.isArray(groups) ? String(groups[0]) : "";
  world.put({
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type: networkInterfaces.type,
    location: plainLocation(endpoint.location),
    etag: networkEtag(world),
    kind: "Regular",
    managedBy: endpoint.id,
    properties: {
      provisioningState: "Succeeded",
      privateEndpoint: { id: endpoint.id },
      ipConfigurations: [
        {
          name: `privateEndpointIpConfig.${world.guid()}`,
          properties: {
            provisioningState: "Succeeded",
            privateIPAddress: nextAddress(world, String(subnet["id"])),
            privateIPAllocationMethod: "Dynamic",
            subnet,
            primary: true,
            privateLinkConnectionProperties: {
              groupId,
              requiredMemberName: groupId,
              fqdns: namesOf(String(asked["privateLinkServiceId"]), world),
            },
          },
        },
      ],
    },
  });
}

export function removeInterface(endpoint: Stored, world: World): void {
  world.remove(String(first(endpoint.properties["networkInterfaces"])?.["id"]));
}

/** Azure keeps the first four addresses of a subnet; after them, whatever is free (azure-docs vnet faq). */
function nextAddress(world: World, subnet: string): string {
  const properties = subnetOf(world, subnet)?.["properties"];
  const prefix = isObject(properties)
    ? String(properties["addressPrefix"] ?? "10.0.0.0/24")
    : "10.0.0.0/24";
  const base = prefix.split("/")[0]?.split(".").slice(0, 3).join(".");
  const taken = new Set(
    world
      .ofType(subnet.split("/")[2] ?? "", networkInterfaces.type)
      .map((it) => first(it.properties["ipConfigurations"])?.["properties"])
      .map((it) => (isObject(it) ? String(it["privateIPAddress"]) : "")),
  );
  let host = 4;
  while (taken.has(`${base}.${host}`)) host++;
  return `${base}.${host}`;
}
