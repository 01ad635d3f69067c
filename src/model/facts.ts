import type { Resource } from "./resource.ts";
import type { Settings } from "./settings.ts";

/** All that a check may ask for beside the resource itself; one reader each in pipeline/read-facts.ts. */
export type Facts = Readonly<{
  /** The ML workspace above a compute. */
  workspace: Resource<"microsoft.machinelearningservices/workspaces">;
  /** The clusters and instances of an ML workspace. */
  computes: readonly Resource<"microsoft.machinelearningservices/workspaces/computes">[];
  /** The jobs of the workspace above a compute that are not archived, finished ones included. */
  jobs: readonly Resource<"microsoft.machinelearningservices/workspaces/jobs">[];
  /** The Approved private endpoints of this resource in subscriptions we serve, with their DNS. */
  privateEndpoints: readonly EndpointWithDns[];
  /** What this private endpoint points at; undefined when it is gone, an alias, or no type of ours. */
  target: EndpointTarget | undefined;
  zoneGroup: Resource<"microsoft.network/privateendpoints/privatednszonegroups"> | undefined;
  /** The names that this private endpoint answers to, with its private addresses. */
  addresses: readonly Address[];
  /** The zones that could be attached to this private endpoint, by the names its target needs. */
  zoneCandidates: readonly ZoneCandidate[];
  /** A records that stand under the names of this endpoint in the zones that are attached. */
  zoneRecords: readonly ZoneRecord[];
  /** The same in the zones that could be attached. */
  candidateRecords: readonly ZoneRecord[];
  /** The virtual network of this private endpoint. */
  network: Resource<"microsoft.network/virtualnetworks"> | undefined;
  /** Locks above, at and below this resource, and on the group of the network it stands in. */
  locks: readonly Lock[];
  /** What we may do in the groups of this resource and of its subnet. */
  permissions: readonly Permissions[];
  settings: Settings;
}>;
export type FactName = keyof Facts;

export type EndpointTarget = Resource<
  | "microsoft.cognitiveservices/accounts"
  | "microsoft.machinelearningservices/workspaces"
  | "microsoft.search/searchservices"
>;

/** `linkedNetworks`: per attached zone, by lower-cased zone id, the networks it is linked to. */
export type EndpointWithDns = Readonly<{
  endpoint: Resource<"microsoft.network/privateendpoints">;
  zoneGroup: Facts["zoneGroup"];
  linkedNetworks: Readonly<Record<string, readonly string[]>>;
}>;

export type Address = Readonly<{ fqdn: string; ipAddresses: readonly string[] }>;

/** `isCentral`: named in the settings, so it needs no link to the endpoint's own network. */
export type ZoneCandidate = Readonly<{
  name: string;
  id: string;
  isCentral: boolean;
  linkedNetworks: readonly string[];
}>;

export type ZoneRecord = Readonly<{ zoneId: string; name: string; ipAddresses: readonly string[] }>;

export type Lock = Readonly<{ level: string; scope: string }>;

/** What we may do at a scope, as Microsoft.Authorization/permissions says it: wildcards allowed. */
export type Permissions = Readonly<{
  scope: string;
  actions: readonly string[];
  notActions: readonly string[];
}>;
