import type { PrivateEndpointConnection } from "./network.ts";

/** Microsoft.MachineLearningServices/workspaces. Absent `managedNetwork` means Disabled (recorded). */
export type WorkspaceProperties = Readonly<{
  publicNetworkAccess?: string;
  hubResourceId?: string;
  managedNetwork?: Readonly<{ isolationMode?: string }>;
  /** Absent, not empty, where there is none (recorded). */
  privateEndpointConnections?: readonly PrivateEndpointConnection[];
  provisioningState?: string;
}>;

export type ScaleSettings = Readonly<{
  minNodeCount?: number;
  maxNodeCount?: number;
  nodeIdleTimeBeforeScaleDown?: string;
}>;

/**
 * …/computes. Both levels are called `properties` on the wire. Counts and states are null in the
 * answers to PUT and PATCH and on failed clusters: judge only what GET shows (recorded).
 */
export type ComputeProperties = Readonly<{
  createdOn?: string;
  computeType?: string;
  computeLocation?: string;
  description?: string | null;
  disableLocalAuth?: boolean;
  isAttachedCompute?: boolean;
  provisioningState?: string;
  properties?: NodeProperties;
}>;

/** `enableNodePublicIp` is a boolean or absent, never null (recorded, 253 readings). */
export type NodeProperties = Readonly<{
  enableNodePublicIp?: boolean;
  vmSize?: string;
  subnet?: Readonly<{ id?: string }> | null;
  scaleSettings?: ScaleSettings;
  allocationState?: string | null;
  currentNodeCount?: number | null;
  targetNodeCount?: number | null;
  nodeStateCounts?: Readonly<Record<string, number>> | null;
  userAccountCredentials?: Readonly<{
    adminUserName?: string;
    adminUserSshPublicKey?: string;
  }> | null;
  sshSettings?: Readonly<{ sshPublicAccess?: string; adminPublicKey?: string | null }> | null;
  personalComputeInstanceSettings?: unknown;
  schedules?: unknown;
  setupScripts?: unknown;
  customServices?: readonly unknown[] | null;
}>;

/**
 * …/jobs. Pipelines carry `computeId: null`: their cluster is in `settings.default_compute` or in
 * nested `jobs.*.computeId` (recorded, 357 bodies).
 */
export type JobProperties = Readonly<{
  status?: string;
  computeId?: string | null;
  settings?: Readonly<{ default_compute?: string | null }> | null;
  jobs?: Readonly<Record<string, unknown>> | null;
}>;
