import type { Kind } from "../kinds.ts";
import { batchEndpoints } from "./machine-learning-batch-endpoints.ts";
import { computes } from "./machine-learning-computes.ts";
import {
  privateEndpointConnections,
  privateLinkResources,
} from "./machine-learning-connections.ts";
import { datastores } from "./machine-learning-data.ts";
import { deployments } from "./machine-learning-deployments.ts";
import { onlineEndpoints } from "./machine-learning-endpoints.ts";
import { jobs } from "./machine-learning-jobs.ts";
import { outboundRules } from "./machine-learning-rules.ts";
import { workspaceConnections } from "./machine-learning-workspace-connections.ts";
import { workspaces } from "./machine-learning-workspaces.ts";

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
