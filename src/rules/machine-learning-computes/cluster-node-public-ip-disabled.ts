import type { JsonObject } from "../../model/json.ts";
import { patch, type Step } from "../../model/request.ts";
import type { ScaleSettings } from "../../model/resource-types/machine-learning.ts";
import { rule } from "../../model/rule.ts";
import { notApplicable } from "../../model/verdict.ts";
import { hasPermissions, recreatePermissions } from "./guards/has-permissions.ts";
import { hasPrivateNetwork } from "./guards/has-private-network.ts";
import { keepsCredentials } from "./guards/keeps-credentials.ts";
import { keepsIdentity } from "./guards/keeps-identity.ts";
import { noActiveJobs } from "./guards/no-active-jobs.ts";
import { noLocks } from "./guards/no-locks.ts";
import { recreationAllowed } from "./guards/recreation-allowed.ts";
import { judgeNodeAddresses } from "./node-addresses.ts";
import { type Compute, recreate, specOf } from "./recreate.ts";

const week = 7 * 24 * 60;

/** PATCH takes scale settings only, so the flag changes by deleting and making again (ComputeResource.tsp). */
export const clusterNodePublicIpDisabled = rule({
  id: "cluster-node-public-ip-disabled",
  title: "The nodes of the cluster have no public IP address",
  severity: "critical",
  resourceType: "microsoft.machinelearningservices/workspaces/computes",
  why: "A node with a public address can be reached from, and leak to, the internet.",
  reference: "https://learn.microsoft.com/azure/machine-learning/how-to-secure-training-vnet",
  controls: ["MCSB NS-2"],
  needs: ["workspace"],

  check(compute, { workspace }) {
    const { computeType, isAttachedCompute } = compute.properties;
    if (computeType?.toLowerCase() !== "amlcompute" || isAttachedCompute) return notApplicable;
    return judgeNodeAddresses(compute, workspace);
  },

  fix: {
    impact: () => "may-cut-callers",
    reachability: "proven",
    guards: [
      hasPrivateNetwork,
      noLocks,
      hasPermissions,
      keepsIdentity,
      keepsCredentials,
      recreationAllowed,
      noActiveJobs,
    ],
    permissions: recreatePermissions,
    steps: (cluster) =>
      cluster.properties.properties?.enableNodePublicIp === true
        ? [drain(cluster), ...recreate(cluster, drained(cluster), [noLocks.id, noActiveJobs.id])]
        : "It has no private network to be made again in: a person must give it one.",
  },
});

/** Jobs are waited for, never killed; the maximum stays, so that queued ones still start (surroundings 1). */
function drain(cluster: Compute): Step {
  const before = cluster.properties.properties?.scaleSettings ?? {};
  return {
    title: "Drain it: keep no node running",
    request: patch(cluster, scaled({ ...before, minNodeCount: 0 })),
    expect: idle,
    steadyMinutes: 2,
    patienceMinutes: week,
    ...((before.minNodeCount ?? 0) > 0 && {
      ifGivenUp: [
        {
          title: "Put the scale settings back",
          request: patch(cluster, scaled(before)),
          expect: scaled(before),
        },
      ],
    }),
  };
}

const scaled = (scaleSettings: ScaleSettings): JsonObject => ({
  properties: { properties: { scaleSettings } },
});

/** Recorded: each of these alone was seen with nodes still busy. */
const idle: JsonObject = {
  properties: {
    properties: {
      allocationState: "Steady",
      currentNodeCount: 0,
      targetNodeCount: 0,
      nodeStateCounts: {
        idleNodeCount: 0,
        runningNodeCount: 0,
        preparingNodeCount: 0,
        unusableNodeCount: 0,
        leavingNodeCount: 0,
        preemptedNodeCount: 0,
      },
    },
  },
};

/** The same incarnation and specification, drained: anything else was changed by somebody. */
function drained(cluster: Compute): JsonObject {
  const { properties } = specOf(cluster, true);
  const { createdOn } = cluster.properties;
  const inner = { ...cluster.properties.properties?.scaleSettings, minNodeCount: 0 };
  const spec = properties as { properties: JsonObject };
  return {
    properties: {
      ...spec,
      ...(createdOn !== undefined && { createdOn }),
      properties: { ...spec.properties, scaleSettings: inner },
    },
  };
}
