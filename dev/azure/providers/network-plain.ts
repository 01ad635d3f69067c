import type { Body } from "../answers.ts";
import type { Kind } from "../kinds.ts";
import type { World } from "../world.ts";
import { networkCourse, networkEtag, networkVersions, plainLocation } from "./network-common.ts";
import { refuseDeleteInUse } from "./network-references.ts";

/** A regional type of Network of which nothing but its life is simulated. */
function regional(type: Kind["type"], defaults: (world: World) => Body): Kind {
  return {
    type,
    versions: networkVersions,
    tracked: true,
    etag: networkEtag,
    readOnly: ["resourceGuid"],
    complete: (wanted, _was, world) => ({
      ...wanted,
      location: plainLocation(wanted.location),
      properties: { ...defaults(world), ...wanted.properties },
    }),
    refuse: ({ wanted, was, world }) =>
      wanted || !was ? undefined : refuseDeleteInUse(was, world),
    course: (change) => networkCourse(change, change.world.between(1, 5)),
  };
}

/** Shapes: recorded CLI network tapes; the default rules of a security group are left out. */
export const networkPlainKinds: readonly Kind[] = [
  regional("Microsoft.Network/applicationSecurityGroups", () => ({})),
  regional("Microsoft.Network/networkSecurityGroups", (world) => ({
    resourceGuid: world.guid(),
    securityRules: [],
  })),
  regional("Microsoft.Network/publicIPAddresses", (world) => ({
    resourceGuid: world.guid(),
    publicIPAddressVersion: "IPv4",
    publicIPAllocationMethod: "Dynamic",
    idleTimeoutInMinutes: 4,
    ipTags: [],
  })),
];
