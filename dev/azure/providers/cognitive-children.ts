import type { Kind } from "../kinds.ts";
import { accountConnections, projectConnections } from "./cognitive-children-connections.ts";
import { defenderSettings } from "./cognitive-defender.ts";
import { deployments } from "./cognitive-deployments.ts";
import { managedNetworks } from "./cognitive-managed-networks.ts";
import { accountModels } from "./cognitive-models.ts";
import { outboundRules } from "./cognitive-outbound-rules.ts";
import { perimeterConfigurations } from "./cognitive-perimeters.ts";
import { projects } from "./cognitive-projects.ts";

export const childKinds: readonly Kind[] = [
  projects,
  deployments,
  accountModels,
  managedNetworks,
  outboundRules,
  accountConnections,
  projectConnections,
  defenderSettings,
  perimeterConfigurations,
];
