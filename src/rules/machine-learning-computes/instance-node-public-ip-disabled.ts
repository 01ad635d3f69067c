import { rule } from "../../model/rule.ts";
import { notApplicable } from "../../model/verdict.ts";
import { hasPermissions, recreatePermissions } from "./guards/has-permissions.ts";
import { hasPrivateNetwork } from "./guards/has-private-network.ts";
import { keepsIdentity } from "./guards/keeps-identity.ts";
import { noActiveJobs } from "./guards/no-active-jobs.ts";
import { noLocks } from "./guards/no-locks.ts";
import { judgeNodeAddresses } from "./node-addresses.ts";
import { recreate } from "./recreate.ts";

/** Stopping does not remove the address (recorded), and its disk goes with it: always a person's decision. */
export const instanceNodePublicIpDisabled = rule({
  id: "instance-node-public-ip-disabled",
  title: "The compute instance has no public IP address",
  severity: "critical",
  resourceType: "microsoft.machinelearningservices/workspaces/computes",
  why: "A workstation with a public address can be reached from, and leak to, the internet.",
  reference: "https://learn.microsoft.com/azure/machine-learning/how-to-secure-training-vnet",
  controls: ["MCSB NS-2"],
  needs: ["workspace"],

  check(compute, { workspace }) {
    const isInstance = compute.properties.computeType?.toLowerCase() === "computeinstance";
    return isInstance ? judgeNodeAddresses(compute, workspace) : notApplicable;
  },

  fix: {
    impact: () => "destroys-state",
    reachability: "proven",
    guards: [hasPrivateNetwork, noLocks, hasPermissions, keepsIdentity, noActiveJobs],
    permissions: recreatePermissions,
    steps(instance) {
      const { createdOn, properties } = instance.properties;
      if (properties?.enableNodePublicIp !== true)
        return "It has no private network to be made again in: a person must give it one.";
      const stillIs = { properties: { ...(createdOn !== undefined && { createdOn }) } };
      return recreate(instance, stillIs, [noLocks.id, noActiveJobs.id]);
    },
  },
});
