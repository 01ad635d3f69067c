import { AirlockError } from "../model/airlock-error.ts";
import type { FactName, Facts, ZoneCandidate } from "../model/facts.ts";
import { connectionOf, networkIdOf, requiredZones } from "../model/private-link.ts";
import { approvedEndpointsOf, type Resource } from "../model/resource.ts";
import { groupOf, parentOf, parseResourceId, subscriptionOf } from "../model/resource-id.ts";
import type { Settings } from "../model/settings.ts";
import {
  endpointWithDns,
  isTargetType,
  linkedNetworks,
  recordsAt,
  zoneIdsOf,
  zoneName,
} from "./dns-reads.ts";
import type { Reads } from "./ports.ts";

/** What a reader may use; `fact` gives what another reader read, once. */
export type Reading = Readonly<{
  of: Resource;
  reads: Reads;
  settings: Settings;
  fact<N extends FactName>(name: N): Promise<Facts[N]>;
}>;

const endpoints = "microsoft.network/privateendpoints";

/** One reader a fact, written once: events, sweeps and people differ only in their `Reads`. */
export const readers: { readonly [N in FactName]: (it: Reading) => Promise<Facts[N]> } = {
  settings: async ({ settings }) => settings,

  async workspace({ of, reads }) {
    const workspace = await reads.get(
      "microsoft.machinelearningservices/workspaces",
      parentOf(of.id) ?? "",
    );
    if (!workspace) throw new AirlockError("retry", "The workspace is gone.");
    return workspace;
  },

  computes: ({ of, reads }) =>
    reads.list("microsoft.machinelearningservices/workspaces/computes", of.id),

  jobs: ({ of, reads }) =>
    reads.list("microsoft.machinelearningservices/workspaces/jobs", parentOf(of.id) ?? ""),

  async privateEndpoints({ of, reads, settings }) {
    const ours = approvedEndpointsOf(of).filter((id) =>
      settings.subscriptions.includes(subscriptionOf(id)),
    );
    const found = await Promise.all(ours.map((id) => endpointWithDns(id, of, reads)));
    return found.filter((it) => it !== undefined);
  },

  async target({ of, reads }) {
    const id = parseResourceId(
      asEndpoint(of) && connectionOf(asEndpoint(of))?.privateLinkServiceId,
    );
    if (typeof id === "string" || !isTargetType(id.type)) return undefined;
    return reads.get(id.type, id.id);
  },

  zoneGroup: async ({ of, reads }) =>
    (await reads.list("microsoft.network/privateendpoints/privatednszonegroups", of.id))[0],

  /** Recorded: `customDnsConfigs` is empty once a zone group is connected, the interface keeps the names. */
  async addresses({ of, reads }) {
    const { customDnsConfigs = [], networkInterfaces = [] } = asEndpoint(of).properties;
    if (customDnsConfigs.length > 0)
      return customDnsConfigs.flatMap(({ fqdn, ipAddresses = [] }) =>
        fqdn ? [{ fqdn, ipAddresses }] : [],
      );
    const id = networkInterfaces[0]?.id;
    const nic = id && (await reads.get("microsoft.network/networkinterfaces", id));
    return (nic ? (nic.properties.ipConfigurations ?? []) : []).flatMap(({ properties: it }) =>
      (it?.privateLinkConnectionProperties?.fqdns ?? []).map((fqdn) => ({
        fqdn,
        ipAddresses: it?.privateIPAddress ? [it.privateIPAddress] : [],
      })),
    );
  },

  async zoneCandidates({ reads, settings, fact }) {
    const [target, addresses] = await Promise.all([fact("target"), fact("addresses")]);
    if (!target) return [];
    const names = requiredZones(target, addresses);
    const central = settings.privateDnsZones.filter((it) => names.includes(zoneName(it)));
    const others = names.filter((name) => !central.some((it) => zoneName(it) === name));
    const found = others.length > 0 ? await reads.zonesNamed(others) : [];
    const candidate = async (id: string, isCentral: boolean): Promise<ZoneCandidate> => ({
      name: zoneName(id),
      id,
      isCentral,
      linkedNetworks: await linkedNetworks(id, reads),
    });
    return Promise.all([
      ...central.map((id) => candidate(id, true)),
      ...found.map((id) => candidate(id, false)),
    ]);
  },

  async zoneRecords({ reads, fact }) {
    const [addresses, group] = await Promise.all([fact("addresses"), fact("zoneGroup")]);
    return recordsAt(zoneIdsOf(group), addresses, reads);
  },

  async candidateRecords({ reads, fact }) {
    const [addresses, candidates] = await Promise.all([fact("addresses"), fact("zoneCandidates")]);
    const zoneIds = candidates.map((it) => it.id);
    return recordsAt(zoneIds, addresses, reads);
  },

  network: async ({ of, reads }) => {
    const id = networkIdOf(asEndpoint(of));
    return id === undefined ? undefined : reads.get("microsoft.network/virtualnetworks", id);
  },

  async locks({ of, reads }) {
    const subnet = subnetOf(of);
    const scopes = subnet === undefined ? [of.id] : [of.id, groupOf(subnet)];
    const found = await Promise.all(
      scopes.map((it) => reads.list("microsoft.authorization/locks", it)),
    );
    return found.flat().map(({ id, properties }) => ({
      level: properties.level ?? "",
      scope: id.replace(/\/providers\/microsoft\.authorization\/locks\/[^/]+$/i, ""),
    }));
  },

  async permissions({ of, reads }) {
    const groups = [of.id, subnetOf(of)].flatMap((it) => (it === undefined ? [] : groupOf(it)));
    return (await Promise.all([...new Set(groups)].map((it) => reads.permissions(it)))).flat();
  },
};

function subnetOf({ properties }: Resource): string | undefined {
  return "properties" in properties ? (properties.properties?.subnet?.id ?? undefined) : undefined;
}

function asEndpoint(of: Resource): Resource<typeof endpoints> {
  if (of.type !== endpoints)
    throw new AirlockError("stop", "This fact is about private endpoints.");
  return of;
}
