import type { Kind } from "../../kinds.ts";
import { batchEndpoints } from "./batch-endpoints.ts";
import { computes } from "./computes.ts";
import { privateEndpointConnections, privateLinkResources } from "./connections.ts";
import { datastores } from "./data.ts";
import { deployments } from "./deployments.ts";
import { onlineEndpoints } from "./endpoints.ts";
import { jobs } from "./jobs.ts";
import { outboundRules } from "./rules.ts";
import { workspaceConnections } from "./workspace-connections.ts";
import { workspaces } from "./workspaces.ts";

/** Microsoft.MachineLearningServices without registries and batch deployments. */
export const machineLearningKinds: readonly Kind[] = [
  workspaces,
  computes,
  jobs,
  onlineEndpoints,
  deployments,
  batchEndpoints,
  outboundRules,
  privateEndpointConnections,
  privateLinkResources,
  datastores,
  workspaceConnections,
];
