import type { Facts } from "../../model/facts.ts";
import { compliant, unknown, type Verdict, violation } from "../../model/verdict.ts";
import { hasManagedNetwork } from "../guards/computes-share-network.ts";
import type { Compute } from "./recreate.ts";

const path = "properties.properties.enableNodePublicIp";

/** Absent means true where there is no private network (recorded), and is not known where there is one. */
export function judgeNodeAddresses(
  { properties: { properties: nodes } }: Compute,
  workspace: Facts["workspace"],
): Verdict {
  if (nodes?.enableNodePublicIp === false) return compliant;
  if (nodes?.enableNodePublicIp === true)
    return violation("Its nodes get public IP addresses (enableNodePublicIp is true).", path);
  return nodes?.subnet?.id || hasManagedNetwork(workspace.properties.managedNetwork)
    ? unknown(
        "Azure does not say whether its nodes have public addresses (enableNodePublicIp is absent).",
      )
    : violation(
        "Its nodes get public IP addresses: enableNodePublicIp is absent and it has no private network.",
        path,
      );
}
