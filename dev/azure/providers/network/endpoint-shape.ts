import type { Body } from "../../answers.ts";
import { stateOf } from "../../connections.ts";
import type { ConnectionState, Stored } from "../../kinds.ts";
import { omit, pick } from "../../merge.ts";
import type { World } from "../../world.ts";
import { objectsIn, propertiesOf } from "./common.ts";
import { arrays, linkedNames, stateKey } from "./endpoint-links.ts";
import { serviceOf } from "./link-services.ts";

export const groupType = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

/** The recorded order of keys; no systemData on any type of Network. */
export function showEndpoint(it: Stored, version: string, world: World): Body {
  const { customNetworkInterfaceName, subnet, networkInterfaces } = it.properties;
  const { applicationSecurityGroups: groups, provisioningState, resourceGuid } = it.properties;
  const [automatic, manual] = arrays;
  const isModern = version >= "2021-03-01"; // azure-docs templates, change log of privateEndpoints
  return {
    ...pick(it, ["name", "id", "etag", "type", "location", "tags"]),
    properties: {
      provisioningState,
      resourceGuid,
      [automatic]: objectsIn(it.properties[automatic]).map((one) =>
        showConnection(it, one, automatic, world),
      ),
      [manual]: objectsIn(it.properties[manual]).map((one) =>
        showConnection(it, one, manual, world),
      ),
      ...(isModern && { customNetworkInterfaceName }),
      subnet,
      ...(isModern && {
        ipConfigurations: fixedAddresses(it).map((one) => showAddress(it, one)),
      }),
      networkInterfaces,
      ...(isModern && groups !== undefined && { applicationSecurityGroups: groups }),
      ...(version >= "2020-03-01" && { customDnsConfigs: customDns(it, world) }),
      ...(version >= "2024-03-01" &&
        version < "2025-01-01" && { isIPv6EnabledPrivateEndpoint: false }),
      ...(version >= "2025-03-01" && { ipVersionType: "IPv4" }),
    },
  };
}

/** Addresses that were asked for, as far as they are written; a member may be left out (1a: CLI ip_config 8). */
export const fixedAddresses = (it: Stored): Body[] =>
  objectsIn(it.properties["ipConfigurations"]).map((one) => ({
    name: one["name"],
    properties: pick(propertiesOf(one), ["memberName", "groupId", "privateIPAddress"]),
  }));

/** CLI ip_config 8 to 20: Succeeded, also while the endpoint is Updating. */
function showAddress(endpoint: Stored, { name, properties }: Body): Body {
  return {
    name,
    id: `${endpoint.id}/ipConfigurations/${String(name)}`,
    etag: endpoint.etag,
    type: `${endpoint.type}/ipConfigurations`,
    properties: { provisioningState: "Succeeded", ...(properties as Body) },
  };
}

/** `[]` until connected, while Pending or Rejected, and once a group is connected (azurerm docs, exported templates). */
function customDns(it: Stored, world: World): Body[] {
  const groups = world.children(it.id, groupType);
  if (groups.some((one) => one.properties["provisioningState"] === "Succeeded")) return [];
  return linkedNames(it, world).map(({ fqdn, address }) => ({ fqdn, ipAddresses: [address] }));
}

/** The answer to a PUT says "Auto Approved" (53 of 53) or "Awaiting Approval"; a GET has the target's words. */
function showConnection(it: Stored, one: Body, array: (typeof arrays)[number], world: World): Body {
  const properties = propertiesOf(one);
  const target = String(properties["privateLinkServiceId"]);
  const isManual = array !== arrays[0];
  const intended = isManual
    ? { status: "Pending", description: "Awaiting Approval" }
    : { status: "Approved", description: "Auto Approved" };
  const rested = isManual
    ? { status: "Pending", description: "" }
    : { status: "Approved", description: serviceOf(target).approved };
  const own = stateOf(world, it.id, target);
  const isUpdating = it.properties["provisioningState"] === "Updating";
  const told = own ?? (properties[stateKey] as ConnectionState | undefined) ?? rested;
  const state: ConnectionState = isUpdating && told.status === intended.status ? intended : told;
  return {
    name: one["name"],
    id: `${it.id}/${array}/${String(one["name"])}`,
    etag: it.etag,
    properties: {
      provisioningState: "Succeeded",
      ...omit(properties, [stateKey]),
      [stateKey]: {
        status: state.status,
        description: state.description ?? "",
        actionsRequired: state.actionsRequired ?? "None",
      },
    },
    type: `Microsoft.Network/privateEndpoints/${array}`,
  };
}
