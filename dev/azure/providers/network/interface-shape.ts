import type { Body } from "../../answers.ts";
import type { Stored } from "../../kinds.ts";
import { isObject, omit, pick, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { objectsIn, propertiesOf } from "./common.ts";
import { linkedNames } from "./endpoint-links.ts";
import { idIn } from "./references.ts";

/**
 * Recorded in this order: with an endpoint at 2022-01-01 (ASO PrivateEndpoint_20240301 21), without at
 * 2020-11-01, 2021-08-01 and 2022-11-01 (1d: CLI nic_subresources, ipconfigs_update_with_asg).
 */
export function showInterface(it: Stored, version: string, world: World): Body {
  const attached = idIn(it.properties["privateEndpoint"]);
  const endpoint = world.get(attached);
  const names = endpoint ? linkedNames(endpoint, world) : [];
  const { provisioningState, resourceGuid, ipConfigurations, ...rest } = it.properties;
  const { networkSecurityGroup, dnsSettings, ...others } = rest;
  const since = (first: string, more: Body): Body => (version >= first ? more : {});
  return {
    ...pick(it, ["name", "id", "etag"]),
    properties: {
      provisioningState,
      resourceGuid,
      ipConfigurations: objectsIn(ipConfigurations).map((one) => showOne(one, it, names)),
      dnsSettings: {
        dnsServers: [],
        appliedDnsServers: [],
        internalDomainNameSuffix: `${String(resourceGuid).replaceAll("-", "").slice(0, 26)}.xx.internal.cloudapp.net`,
        ...(isObject(dnsSettings) && pick(dnsSettings, ["dnsServers", "internalDnsNameLabel"])),
      },
      ...(attached !== "" && { macAddress: "" }),
      enableAcceleratedNetworking: false,
      vnetEncryptionSupported: false,
      enableIPForwarding: false,
      ...since("2022-11-01", { disableTcpStateTracking: false }),
      ...(networkSecurityGroup !== undefined && { networkSecurityGroup }),
      hostedWorkloads: [],
      tapConfigurations: [],
      nicType: "Standard",
      ...since("2022-01-01", { allowPort25Out: true, auxiliaryMode: "None" }),
      ...since("2022-11-01", { nicAuxiliarySkuBillingNotificationType: "NoOp" }),
      ...others,
    },
    ...pick(it, ["type", "location", "tags", "managedBy"]),
    ...since("2021-08-01", { kind: it["kind"] ?? "Regular" }),
  };
}

function showOne(one: Body, it: Stored, names: readonly { fqdn: string; address: string }[]) {
  const properties = propertiesOf(one);
  const own = names.filter((at) => same(at.address, String(properties["privateIPAddress"])));
  const link = properties["privateLinkConnectionProperties"] as Body | undefined;
  const fqdns = own.length > 0 ? own.map((at) => at.fqdn) : (link?.["fqdns"] ?? []);
  return {
    ...omit(one, ["properties"]),
    etag: it.etag,
    properties: {
      ...properties,
      provisioningState: it.properties["provisioningState"],
      ...(link && { privateLinkConnectionProperties: { ...link, fqdns } }),
    },
  };
}
