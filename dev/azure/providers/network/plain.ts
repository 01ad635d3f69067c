import type { Body } from "../../answers.ts";
import type { Kind, Stored } from "../../kinds.ts";
import type { World } from "../../world.ts";
import {
  networkCourse,
  networkEtag,
  networkVersions,
  plainLocation,
  refuseBeyondTags,
} from "./common.ts";
import { refuseDeleteInUse } from "./references.ts";

/** A regional type of Network of which nothing but its life is simulated. */
function regional(
  name: string,
  defaults: (wanted: Stored) => Body,
  more: Partial<Kind> = {},
): Kind {
  return {
    type: `Microsoft.Network/${name}`,
    versions: networkVersions,
    tracked: true,
    etag: networkEtag,
    readOnly: ["resourceGuid"],
    complete: (wanted, was, world) => ({
      ...wanted,
      location: plainLocation(wanted.location ?? was?.location),
      properties: { ...guidOf(name, world), ...defaults(wanted), ...wanted.properties },
    }),
    refuse: (change) =>
      refuseBeyondTags(change) ??
      (change.wanted || !change.was ? undefined : refuseDeleteInUse(change.was, change.world)),
    course: (change) => networkCourse(change, change.world.between(1, 5)),
    ...more,
  };
}

/** Recorded: an application security group shows none. */
const guidOf = (name: string, world: World): Body =>
  name === "applicationSecurityGroups" ? {} : { resourceGuid: world.guid() };

/** manners 1.2: Retry-After 5, minutes to make. */
const gatewayCourse: Pick<Kind, "course"> = {
  course: (change) => networkCourse(change, change.world.between(60, 300), change.wanted && 5),
};

/** Shapes: recorded CLI network tapes; the default rules of a security group are left out. */
export const networkPlainKinds: readonly Kind[] = [
  regional("applicationSecurityGroups", () => ({})),
  regional("networkSecurityGroups", () => ({ securityRules: [] })),
  regional("publicIPAddresses", () => ({
    publicIPAddressVersion: "IPv4",
    publicIPAllocationMethod: "Dynamic",
    idleTimeoutInMinutes: 4,
    ipTags: [],
  })),
  regional("loadBalancers", () => ({ frontendIPConfigurations: [], backendAddressPools: [] })),
  regional(
    "applicationGateways",
    () => ({ operationalState: "Running", privateEndpointConnections: [] }),
    gatewayCourse,
  ),
];
