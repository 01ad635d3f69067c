import { networkIdOf } from "../../model/private-link.ts";
import type { Resource } from "../../model/resource.ts";
import { sameId } from "../../model/resource-id.ts";
import { guard } from "../../model/rule.ts";
import { compliant, violation } from "../../model/verdict.ts";

type Compute = Resource<"microsoft.machinelearningservices/workspaces/computes">;

/** azure-docs how-to-configure-private-link: computes outside the endpoint's network stop working. */
export const computesShareNetwork = guard<
  "microsoft.machinelearningservices/workspaces",
  "computes" | "privateEndpoints"
>({
  id: "computes-share-network",
  title: "No compute stands outside the network of the private endpoint",
  needs: ["computes", "privateEndpoints"],
  yieldsTo: ["drift", "approval"],
  check({ properties }, { computes, privateEndpoints }) {
    if (hasManagedNetwork(properties.managedNetwork)) return compliant;
    const networks = privateEndpoints.map(({ endpoint }) => networkIdOf(endpoint));
    const outside = computes.find(
      (it) => isManagedCompute(it) && !networks.some((id) => sameId(id, networkOf(it))),
    );
    return outside
      ? violation(`The compute ${outside.name} stands outside the workspace's private network.`)
      : compliant;
  },
});

/** Recorded: absent and three shapes of Disabled all mean that there is none. */
export const hasManagedNetwork = (it: { isolationMode?: string } | undefined): boolean =>
  !["disabled", undefined].includes(it?.isolationMode?.toLowerCase());

const isManagedCompute = ({ properties }: Compute): boolean =>
  ["amlcompute", "computeinstance"].includes(properties.computeType?.toLowerCase() ?? "") &&
  properties.isAttachedCompute !== true;

const networkOf = ({ properties }: Compute): string | undefined =>
  properties.properties?.subnet?.id?.replace(/\/subnets\/[^/]+$/i, "");
