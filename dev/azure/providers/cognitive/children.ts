import type { Kind } from "../../kinds.ts";
import { accountConnections, projectConnections } from "./children-connections.ts";
import { defenderSettings } from "./defender.ts";
import { deployments } from "./deployments.ts";
import { managedNetworks } from "./managed-networks.ts";
import { accountModels } from "./models.ts";
import { outboundRules } from "./outbound-rules.ts";
import { perimeterConfigurations } from "./perimeters.ts";
import { projects } from "./projects.ts";

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
