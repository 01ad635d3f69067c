import { group } from "./estates.ts";

export const workspaceId = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ml`;
export const clusterId = `${workspaceId}/computes/train`;

/** A workspace with a managed network, so that a cluster can do without public addresses. */
export const workspace = (isolationMode = "AllowInternetOutbound") => ({
  id: workspaceId,
  type: "Microsoft.MachineLearningServices/workspaces",
  name: "ml",
  kind: "Default",
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  properties: {
    provisioningState: "Succeeded",
    workspaceId: "5f2c5c1e-3d5b-4a57-9a43-6f0f6e1c0a11",
    publicNetworkAccess: "Disabled",
    ...(isolationMode !== "" && { managedNetwork: { isolationMode } }),
  },
});

/** What a data scientist sends: a cluster whose nodes get public addresses. */
export const clusterBody = (nodes: object = {}, more: object = {}) => ({
  location: "westeurope",
  ...more,
  properties: {
    computeType: "AmlCompute",
    properties: {
      vmSize: "STANDARD_DS3_V2",
      scaleSettings: { minNodeCount: 1, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT2M" },
      enableNodePublicIp: true,
      ...nodes,
    },
  },
});
