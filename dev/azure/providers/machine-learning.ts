import type { Kind } from "../kinds.ts";
import { computes } from "./machine-learning-computes.ts";
import {
  privateEndpointConnections,
  privateLinkResources,
} from "./machine-learning-connections.ts";
import { datastores, workspaceConnections } from "./machine-learning-data.ts";
import { onlineEndpoints } from "./machine-learning-endpoints.ts";
import { jobs } from "./machine-learning-jobs.ts";
import { outboundRules } from "./machine-learning-rules.ts";
import { workspaces } from "./machine-learning-workspaces.ts";

/** Microsoft.MachineLearningServices without registries, batch endpoints and deployments. */
export const machineLearningKinds: readonly Kind[] = [
  workspaces,
  computes,
  jobs,
  onlineEndpoints,
  outboundRules,
  privateEndpointConnections,
  privateLinkResources,
  datastores,
  workspaceConnections,
];
