import { type Answer, type Body, failure } from "../answers.ts";
import type { Kind, Stored } from "../kinds.ts";
import { omit, pick, same } from "../merge.ts";
import type { World } from "../world.ts";
import { linkedNames, requestsOf } from "./endpoint-links.ts";
import { type Member, membersOf } from "./link-names.ts";
import {
  asDescribed,
  networkEtag,
  networkVersions,
  objectsIn,
  plainLocation,
  propertiesOf,
} from "./network-common.ts";
import { addressesOf } from "./subnet-addresses.ts";
import { prefixOf } from "./subnets.ts";

/** Only those of private endpoints, which make and remove them. PATCH takes tags only (specification). */
export const networkInterfaces: Kind = {
  type: "Microsoft.Network/networkInterfaces",
  versions: networkVersions,
  tracked: true,
  verbs: ["GET", "LIST", "PATCH"],
  etag: networkEtag,
  refuse: ({ body }): Answer | undefined =>
    Object.keys(body).some((it) => it !== "tags")
      ? failure(400, "InvalidRequestFormat", "Cannot parse the request.")
      : undefined,
  loaded(it, world) {
    for (const { id, subnet, address } of usesOf(it))
      addressesOf(subnet, world).occupy(address, id);
    return it;
  },
  settled(now, was, world) {
    if (!now && was) release(was, world);
  },
  show: (it, version, world) =>
    asDescribed(showInterface(it, world), version, [
      "kind",
      "managedBy",
      "properties.allowPort25Out",
    ]),
};

function usesOf(it: Stored) {
  return objectsIn(it.properties["ipConfigurations"]).map((one) => ({
    id: String(one["id"]),
    subnet: idIn(propertiesOf(one)["subnet"]),
    address: String(propertiesOf(one)["privateIPAddress"]),
  }));
}

const idIn = (it: unknown): string => String((it as Body | undefined)?.["id"] ?? "");

function release(it: Stored, world: World): void {
  for (const { id, subnet } of usesOf(it)) addressesOf(subnet, world).release(id);
}

/** Recorded (ASO 20240301 21): made with the endpoint, one configuration for each member of the target. */
export function makeInterface(endpoint: Stored, world: World): void {
  const id = interfaceOf(endpoint);
  const [request] = requestsOf(endpoint);
  if (world.get(id) || !request) return;
  const members = membersOf(request.target, request.groupIds, world);
  const groupId = request.groupIds[0] ?? "";
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
      resourceGuid: world.guid(),
      ipConfigurations: members.map((it, at) => ({
        ...configuration(id, it, endpoint, groupId, world, at === 0),
      })),
      privateEndpoint: { id: endpoint.id },
    },
  });
}

export const interfaceOf = (endpoint: Stored): string =>
  idIn(objectsIn(endpoint.properties["networkInterfaces"])[0]);

function configuration(
  nic: string,
  member: Member,
  endpoint: Stored,
  groupId: string,
  world: World,
  primary: boolean,
): Body {
  const name = `privateEndpointIpConfig.${world.guid()}`;
  const id = `${nic}/ipConfigurations/${name}`;
  const { subnet } = endpoint.properties;
  const addresses = addressesOf(idIn(subnet), world);
  const chosen = chosenAddress(endpoint, member);
  const address = chosen ?? addresses.free(prefixOf(idIn(subnet), world)) ?? "";
  addresses.occupy(address, id);
  return {
    name,
    id,
    type: `${networkInterfaces.type}/ipConfigurations`,
    properties: {
      provisioningState: "Succeeded",
      privateIPAddress: address,
      privateIPAllocationMethod: staticOf(endpoint, member) === undefined ? "Dynamic" : "Static",
      subnet,
      primary,
      privateIPAddressVersion: "IPv4",
      privateLinkConnectionProperties: { groupId, requiredMemberName: member.name },
    },
  };
}

/** Asked for in `ipConfigurations`, or seen in the `customDnsConfigs` of a loaded endpoint. */
function chosenAddress(endpoint: Stored, member: Member): string | undefined {
  const seen = objectsIn(endpoint.properties["customDnsConfigs"]).find(({ fqdn }) =>
    member.fqdns.some((it) => same(it, String(fqdn))),
  );
  const [first] = Array.isArray(seen?.["ipAddresses"]) ? seen["ipAddresses"] : [];
  return staticOf(endpoint, member) ?? (typeof first === "string" ? first : undefined);
}

function staticOf(endpoint: Stored, member: Member): string | undefined {
  const asked = objectsIn(endpoint.properties["ipConfigurations"])
    .map(propertiesOf)
    .find((it) => same(String(it["memberName"]), member.name));
  return asked && String(asked["privateIPAddress"]);
}

export function removeInterface(endpoint: Stored, world: World): void {
  const it = world.get(interfaceOf(endpoint));
  if (!it) return;
  release(it, world);
  world.remove(it.id);
}

/** Recorded in this order (ASO 20240301 21, at 2022-01-01); a MAC address it has none. */
function showInterface(it: Stored, world: World): Body {
  const endpoint = world.get(idIn(it.properties["privateEndpoint"]));
  const names = endpoint ? linkedNames(endpoint, world) : [];
  const { provisioningState, resourceGuid, ipConfigurations, ...rest } = it.properties;
  return {
    ...pick(it, ["name", "id", "etag"]),
    properties: {
      provisioningState,
      resourceGuid,
      ipConfigurations: objectsIn(ipConfigurations).map((one) => showOne(one, it.etag, names)),
      dnsSettings: {
        dnsServers: [],
        appliedDnsServers: [],
        internalDomainNameSuffix: `${String(resourceGuid).replaceAll("-", "").slice(0, 26)}.xx.internal.cloudapp.net`,
      },
      macAddress: "",
      enableAcceleratedNetworking: false,
      vnetEncryptionSupported: false,
      enableIPForwarding: false,
      hostedWorkloads: [],
      tapConfigurations: [],
      nicType: "Standard",
      allowPort25Out: true,
      auxiliaryMode: "None",
      ...rest,
    },
    ...pick(it, ["type", "location", "tags", "managedBy", "kind"]),
  };
}

function showOne(one: Body, etag: unknown, names: readonly { fqdn: string; address: string }[]) {
  const properties = propertiesOf(one);
  const own = names.filter((it) => it.address === properties["privateIPAddress"]);
  const link = properties["privateLinkConnectionProperties"] as Body | undefined;
  const fqdns = own.length > 0 ? own.map((it) => it.fqdn) : (link?.["fqdns"] ?? []);
  return {
    ...omit(one, ["properties"]),
    etag,
    properties: {
      ...properties,
      ...(link && { privateLinkConnectionProperties: { ...link, fqdns } }),
    },
  };
}
