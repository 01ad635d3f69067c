import type { Kind } from "../kinds.ts";
import { networkInterfaces } from "./endpoint-interfaces.ts";
import { networkPlainKinds } from "./network-plain.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { subnets } from "./subnets.ts";
import { virtualNetworkPeerings } from "./virtual-network-peerings.ts";
import { virtualNetworks } from "./virtual-networks.ts";
import { zoneGroups } from "./zone-groups.ts";

export const networkKinds: readonly Kind[] = [
  virtualNetworks,
  subnets,
  virtualNetworkPeerings,
  networkInterfaces,
  privateEndpoints,
  zoneGroups,
  ...networkPlainKinds,
];
