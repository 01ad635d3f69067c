import type { Address, EndpointTarget } from "./facts.ts";
import type { Resource } from "./resource.ts";

type Endpoint = Resource<"microsoft.network/privateendpoints">;

/** The one connection of an endpoint, automatic or manual: read status, not the array's name (recorded). */
export function connectionOf({ properties }: Endpoint) {
  const connection =
    properties.privateLinkServiceConnections?.[0] ??
    properties.manualPrivateLinkServiceConnections?.[0];
  return connection?.properties;
}

export const isApproved = (endpoint: Endpoint): boolean =>
  connectionOf(endpoint)?.privateLinkServiceConnectionState?.status?.toLowerCase() === "approved";

/** The virtual network above the endpoint's subnet. */
export function networkIdOf({ properties }: Endpoint): string | undefined {
  return properties.subnet?.id?.replace(/\/subnets\/[^/]+$/i, "");
}

const cognitive = "privatelink.cognitiveservices.azure.com";
const openai = "privatelink.openai.azure.com";
const foundry = "privatelink.services.ai.azure.com";
const accountZones = [cognitive, openai, foundry];

/**
 * Names of the private DNS zones that an endpoint of this target needs, public cloud: by kind
 * (community policy for Foundry, azure-docs private-endpoint-dns), united with what the endpoint's
 * own names say. Suffixes we do not know are ignored: some targets list hosts of their storage.
 */
export function requiredZones(
  target: EndpointTarget,
  addresses: readonly Address[] = [],
): string[] {
  switch (target.type) {
    case "microsoft.machinelearningservices/workspaces":
      return ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"];
    case "microsoft.search/searchservices":
      return ["privatelink.search.windows.net"];
    case "microsoft.cognitiveservices/accounts": {
      const said = accountZones.filter((zone) => addresses.some((it) => recordName(it.fqdn, zone)));
      return [...new Set([...zonesOfKind(target.kind), ...said])];
    }
  }
}

function zonesOfKind(kind: string | undefined): readonly string[] {
  if (kind?.toLowerCase() === "openai") return [openai];
  return kind?.toLowerCase() === "aiservices" ? accountZones : [cognitive];
}

/** The name of the record that a public name gets in a private zone; undefined where it does not fit. */
export function recordName(fqdn: string, zone: string): string | undefined {
  const suffix = zone.toLowerCase().replace(/^privatelink/, "");
  const name = fqdn.toLowerCase();
  return name.endsWith(suffix) && name.length > suffix.length
    ? name.slice(0, -suffix.length)
    : undefined;
}
