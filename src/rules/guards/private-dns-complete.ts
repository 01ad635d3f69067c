import type { EndpointTarget, EndpointWithDns } from "../../model/facts.ts";
import { networkIdOf, requiredZones } from "../../model/private-link.ts";
import { nameOf, sameId } from "../../model/resource-id.ts";
import { guard } from "../../model/rule.ts";
import { compliant, violation } from "../../model/verdict.ts";

/** Each approved endpoint must answer in its own network, or its callers go to a closed door. */
export const privateDnsComplete = guard<EndpointTarget["type"], "privateEndpoints">({
  id: "private-dns-complete",
  title: "Private DNS answers for every private endpoint",
  needs: ["privateEndpoints"],
  yieldsTo: ["drift", "approval"],
  check(resource, { privateEndpoints }) {
    const required = requiredZones(resource);
    const problems = privateEndpoints.flatMap((it) => problemOf(it, required) ?? []);
    return problems[0] === undefined ? compliant : violation(problems[0]);
  },
});

function problemOf(it: EndpointWithDns, required: readonly string[]): string | undefined {
  const { endpoint, zoneGroup, linkedNetworks } = it;
  const configs = zoneGroup?.properties.privateDnsZoneConfigs ?? [];
  const network = networkIdOf(endpoint);
  for (const zone of required) {
    const config = configs.find(
      ({ properties }) => nameOf(properties?.privateDnsZoneId ?? "").toLowerCase() === zone,
    );
    if (!config?.properties?.recordSets?.length)
      return `The private endpoint ${endpoint.name} has no record in ${zone}.`;
    const linked = linkedNetworks[config.properties.privateDnsZoneId?.toLowerCase() ?? ""] ?? [];
    if (!linked.some((id) => sameId(id, network)))
      return `The zone ${zone} is not linked to the network of the private endpoint ${endpoint.name}.`;
  }
  return undefined;
}
