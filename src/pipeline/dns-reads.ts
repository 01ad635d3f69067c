import type { EndpointTarget, EndpointWithDns, Facts } from "../model/facts.ts";
import { recordName, requiredZones } from "../model/private-link.ts";
import type { Resource } from "../model/resource.ts";
import { nameOf } from "../model/resource-id.ts";
import type { Reads } from "./ports.ts";

const targetTypes: readonly EndpointTarget["type"][] = [
  "microsoft.cognitiveservices/accounts",
  "microsoft.machinelearningservices/workspaces",
  "microsoft.search/searchservices",
];
export const isTargetType = (type: string): type is EndpointTarget["type"] =>
  targetTypes.some((it) => it === type);
const isTarget = (it: Resource): it is EndpointTarget => isTargetType(it.type);

export async function endpointWithDns(
  id: string,
  target: Resource,
  reads: Reads,
): Promise<EndpointWithDns | undefined> {
  const [endpoint, groups] = await Promise.all([
    reads.get("microsoft.network/privateendpoints", id),
    reads.list("microsoft.network/privateendpoints/privatednszonegroups", id),
  ]);
  if (!endpoint) return undefined;
  const zoneGroup = groups[0];
  const required = isTarget(target) ? requiredZones(target) : [];
  const zones = zoneIdsOf(zoneGroup).filter((it) => required.includes(zoneName(it)));
  const linked = await Promise.all(
    zones.map(async (it) => [it.toLowerCase(), await linkedNetworks(it, reads)] as const),
  );
  return { endpoint, zoneGroup, linkedNetworks: Object.fromEntries(linked) };
}

/** Recorded: a link can be Succeeded while its own state is not Completed; both must be. */
export async function linkedNetworks(zoneId: string, reads: Reads): Promise<readonly string[]> {
  const all = await reads.list("microsoft.network/privatednszones/virtualnetworklinks", zoneId);
  return all.flatMap(({ properties: { virtualNetwork, virtualNetworkLinkState } }) =>
    virtualNetwork?.id && virtualNetworkLinkState?.toLowerCase() === "completed"
      ? [virtualNetwork.id]
      : [],
  );
}

/** What stands in these zones at the names that these addresses have there. */
export async function recordsAt(
  zoneIds: readonly string[],
  addresses: Facts["addresses"],
  reads: Reads,
) {
  const wanted = zoneIds.flatMap((zoneId) =>
    addresses.flatMap(({ fqdn }) => {
      const name = recordName(fqdn, zoneName(zoneId));
      return name === undefined ? [] : [{ zoneId, name }];
    }),
  );
  const found = await Promise.all(
    wanted.map(async ({ zoneId, name }) => {
      const records = await reads.list("microsoft.network/privatednszones/a", zoneId, name);
      const record = records.find((it) => it.name.toLowerCase() === name.toLowerCase());
      const ipAddresses = record?.properties.aRecords?.flatMap((it) => it.ipv4Address ?? []);
      return ipAddresses && { zoneId, name, ipAddresses };
    }),
  );
  return found.filter((it) => it !== undefined);
}

export const zoneName = (id: string) => nameOf(id).toLowerCase();

export const zoneIdsOf = (group: Facts["zoneGroup"]): string[] =>
  (group?.properties.privateDnsZoneConfigs ?? []).flatMap(
    (it) => it.properties?.privateDnsZoneId ?? [],
  );
