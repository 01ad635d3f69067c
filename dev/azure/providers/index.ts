import type { Kind } from "../kinds.ts";
import { authorizationKinds } from "./authorization.ts";
import { cognitiveServicesKinds } from "./cognitive-services.ts";
import { networkInterfaces } from "./endpoint-interfaces.ts";
import { machineLearningKinds } from "./machine-learning.ts";
import { privateDnsKinds } from "./private-dns.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { resourceGraphKinds } from "./resource-graph.ts";
import { resourcesKinds } from "./resources.ts";
import { searchKinds } from "./search.ts";
import { virtualNetworkKinds } from "./virtual-networks.ts";
import { zoneGroups } from "./zone-groups.ts";

/** Every ARM type that this Azure knows. */
export const kinds: readonly Kind[] = [
  ...resourcesKinds,
  ...authorizationKinds,
  ...cognitiveServicesKinds,
  ...machineLearningKinds,
  ...virtualNetworkKinds,
  networkInterfaces,
  privateEndpoints,
  zoneGroups,
  ...privateDnsKinds,
  ...resourceGraphKinds,
  ...searchKinds,
];
