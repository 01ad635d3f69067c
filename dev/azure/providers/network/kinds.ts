import type { Kind } from "../../kinds.ts";
import { networkInterfaces } from "./interfaces.ts";
import { networkPlainKinds } from "./plain.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { privateLinkServiceKinds } from "./private-link-services.ts";
import { subnets } from "./subnets.ts";
import { addressAvailability } from "./virtual-network-addresses.ts";
import { virtualNetworkPeerings } from "./virtual-network-peerings.ts";
import { virtualNetworks } from "./virtual-networks.ts";
import { zoneGroups } from "./zone-groups.ts";

const kinds: readonly Kind[] = [
  virtualNetworks,
  addressAvailability,
  subnets,
  virtualNetworkPeerings,
  networkInterfaces,
  privateEndpoints,
  zoneGroups,
  ...privateLinkServiceKinds,
  ...networkPlainKinds,
];

/** Recorded (109 of 109): no answer to a PUT of Network has an etag header, every GET has. */
export const networkKinds: readonly Kind[] = kinds.map((it) => ({ ...it, etagHeader: "reads" }));
