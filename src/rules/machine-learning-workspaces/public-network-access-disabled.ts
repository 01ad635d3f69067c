import { rule } from "../../model/rule.ts";
import { notApplicable } from "../../model/verdict.ts";
import { computesShareNetwork } from "../guards/computes-share-network.ts";
import { hasPrivateEndpoint } from "../guards/has-private-endpoint.ts";
import { privateDnsComplete } from "../guards/private-dns-complete.ts";
import { closePublicAccess, judgePublicAccess } from "../public-network-access.ts";

export const workspacePublicNetworkAccessDisabled = rule({
  id: "workspace-public-network-access-disabled",
  title: "Public network access of the workspace is disabled",
  severity: "critical",
  resourceType: "microsoft.machinelearningservices/workspaces",
  why: "An open workspace lets anybody with a token submit jobs and read data from any network.",
  reference: "https://learn.microsoft.com/azure/machine-learning/how-to-configure-private-link",
  controls: ["MCSB NS-2", "policy 438c38d2", "policy a10ee784"],
  /** A project is judged through its hub, which holds its private endpoint and managed network. */
  check: (workspace) =>
    workspace.kind?.toLowerCase() === "project" ? notApplicable : judgePublicAccess(workspace),
  fix: {
    impact: () => "may-cut-callers",
    reachability: "proven",
    guards: [hasPrivateEndpoint, privateDnsComplete, computesShareNetwork],
    permissions: ["Microsoft.MachineLearningServices/workspaces/write"],
    steps: closePublicAccess,
  },
});
