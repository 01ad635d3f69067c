import type { Body } from "../answers.ts";
import type { Stored } from "../kinds.ts";
import { omit, pick, same } from "../merge.ts";
import type { World } from "../world.ts";
import { linkedNames } from "./endpoint-links.ts";
import { objectsIn, propertiesOf } from "./network-common.ts";
import { idIn } from "./network-references.ts";

/** Recorded in this order: with an endpoint at 2022-01-01 (ASO PrivateEndpoint_20240301 21), without at 2020-11-01. */
export function showInterface(it: Stored, version: string, world: World): Body {
  const attached = idIn(it.properties["privateEndpoint"]);
  const endpoint = world.get(attached);
  const names = endpoint ? linkedNames(endpoint, world) : [];
  const { provisioningState, resourceGuid, ipConfigurations, ...rest } = it.properties;
  const { networkSecurityGroup, ...others } = rest;
  const isModern = version > "2020-11-01";
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
      ...(attached !== "" && { macAddress: "" }),
      enableAcceleratedNetworking: false,
      vnetEncryptionSupported: false,
      enableIPForwarding: false,
      ...(networkSecurityGroup !== undefined && { networkSecurityGroup }),
      hostedWorkloads: [],
      tapConfigurations: [],
      nicType: "Standard",
      ...(isModern && { allowPort25Out: true, auxiliaryMode: "None" }),
      ...others,
    },
    ...pick(it, ["type", "location", "tags", "managedBy"]),
    ...(isModern && { kind: it["kind"] ?? "Regular" }),
  };
}

function showOne(one: Body, etag: unknown, names: readonly { fqdn: string; address: string }[]) {
  const properties = propertiesOf(one);
  const own = names.filter((it) => same(it.address, String(properties["privateIPAddress"])));
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
