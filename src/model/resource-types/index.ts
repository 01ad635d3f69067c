import type { LockProperties } from "./authorization.ts";
import type { AccountProperties } from "./cognitive-services.ts";
import type { ComputeProperties, JobProperties, WorkspaceProperties } from "./machine-learning.ts";
import type {
  NetworkInterfaceProperties,
  PrivateEndpointProperties,
  VirtualNetworkProperties,
  ZoneGroupProperties,
} from "./network.ts";
import type {
  ARecordProperties,
  PrivateDnsZoneProperties,
  VirtualNetworkLinkProperties,
} from "./private-dns.ts";
import type { SearchServiceProperties } from "./search.ts";

/** What we know of each ARM type we touch, fields optional: ARM leaves out what was never set. */
export type PropertiesOf = {
  "microsoft.cognitiveservices/accounts": AccountProperties;
  "microsoft.machinelearningservices/workspaces": WorkspaceProperties;
  "microsoft.machinelearningservices/workspaces/computes": ComputeProperties;
  "microsoft.machinelearningservices/workspaces/jobs": JobProperties;
  "microsoft.search/searchservices": SearchServiceProperties;
  "microsoft.network/privateendpoints": PrivateEndpointProperties;
  "microsoft.network/privateendpoints/privatednszonegroups": ZoneGroupProperties;
  "microsoft.network/networkinterfaces": NetworkInterfaceProperties;
  "microsoft.network/virtualnetworks": VirtualNetworkProperties;
  "microsoft.network/privatednszones": PrivateDnsZoneProperties;
  "microsoft.network/privatednszones/virtualnetworklinks": VirtualNetworkLinkProperties;
  "microsoft.network/privatednszones/a": ARecordProperties;
  "microsoft.authorization/locks": LockProperties;
};

export type ResourceType = keyof PropertiesOf;

type TypeFacts = Readonly<{
  /** As ARM writes it: the last part is the URL segment. */
  name: string;
  apiVersion: string;
  /** Resource Graph has it, so a sweep needs no call of its own (docs: supported tables). */
  inGraph: boolean;
}>;

const it = (name: string, apiVersion: string, inGraph: boolean): TypeFacts => ({
  name,
  apiVersion,
  inGraph,
});

/**
 * The one table about ARM types: the newest version that was recorded, where there is no reason for a
 * newer one; filters, queries and roles are derived from it and from the rules.
 */
export const resourceTypes: Readonly<Record<ResourceType, TypeFacts>> = {
  "microsoft.cognitiveservices/accounts": it(
    "Microsoft.CognitiveServices/accounts",
    "2025-06-01",
    true,
  ),
  "microsoft.machinelearningservices/workspaces": it(
    "Microsoft.MachineLearningServices/workspaces",
    "2025-06-01",
    true,
  ),
  "microsoft.machinelearningservices/workspaces/computes": it(
    "Microsoft.MachineLearningServices/workspaces/computes",
    "2025-12-01",
    false,
  ),
  "microsoft.machinelearningservices/workspaces/jobs": it(
    "Microsoft.MachineLearningServices/workspaces/jobs",
    "2025-12-01",
    false,
  ),
  "microsoft.search/searchservices": it("Microsoft.Search/searchServices", "2025-05-01", true),
  "microsoft.network/privateendpoints": it(
    "Microsoft.Network/privateEndpoints",
    "2025-05-01",
    true,
  ),
  "microsoft.network/privateendpoints/privatednszonegroups": it(
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    "2025-05-01",
    false,
  ),
  "microsoft.network/networkinterfaces": it(
    "Microsoft.Network/networkInterfaces",
    "2025-05-01",
    true,
  ),
  "microsoft.network/virtualnetworks": it("Microsoft.Network/virtualNetworks", "2025-05-01", true),
  "microsoft.network/privatednszones": it("Microsoft.Network/privateDnsZones", "2024-06-01", true),
  "microsoft.network/privatednszones/virtualnetworklinks": it(
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "2024-06-01",
    true,
  ),
  "microsoft.network/privatednszones/a": it(
    "Microsoft.Network/privateDnsZones/A",
    "2024-06-01",
    false,
  ),
  "microsoft.authorization/locks": it("Microsoft.Authorization/locks", "2020-05-01", false),
};

export const isResourceType = (type: string): type is ResourceType =>
  Object.hasOwn(resourceTypes, type);
