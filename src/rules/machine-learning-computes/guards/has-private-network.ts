import { approvedEndpointsOf } from "../../../model/resource.ts";
import { subscriptionOf } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";
import { hasManagedNetwork } from "../../guards/computes-share-network.ts";

/** azure-docs how-to-secure-training-vnet: without a public address a node needs another way out. */
export const hasPrivateNetwork = guard<
  "microsoft.machinelearningservices/workspaces/computes",
  "workspace" | "settings"
>({
  id: "has-private-network",
  title: "It could run without public addresses",
  needs: ["workspace", "settings"],
  yieldsTo: [],
  check({ properties }, { workspace, settings }) {
    if (hasManagedNetwork(workspace.properties.managedNetwork)) return compliant;
    if (!properties.properties?.subnet?.id)
      return violation(
        "It has neither a subnet nor a managed network: it could not be made again.",
      );
    const isOurs = (id: string) => settings.subscriptions.includes(subscriptionOf(id));
    return approvedEndpointsOf(workspace).some(isOurs)
      ? compliant
      : violation("Its workspace has no approved private endpoint: it could not be made again.");
  },
});
