import type { Permissions } from "../../../model/facts.ts";
import { groupOf } from "../../../model/resource-id.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

export const recreatePermissions = [
  "Microsoft.MachineLearningServices/workspaces/computes/write",
  "Microsoft.MachineLearningServices/workspaces/computes/delete",
] as const;

const joinSubnet = "Microsoft.Network/virtualNetworks/subnets/join/action";

/** Asked before the first step: a right that is missing after the delete would leave nothing there. */
export const hasPermissions = guard<
  "microsoft.machinelearningservices/workspaces/computes",
  "permissions"
>({
  id: "has-permissions",
  title: "Airlock may delete it and make it again",
  needs: ["permissions"],
  yieldsTo: [],
  check({ id, properties }, { permissions }) {
    const subnet = properties.properties?.subnet?.id;
    const needed: readonly (readonly [string, string])[] = [
      ...recreatePermissions.map((it) => [it, groupOf(id)] as const),
      ...(subnet ? [[joinSubnet, groupOf(subnet)] as const] : []),
    ];
    const missing = needed.find(([action, scope]) => !isGranted(action, scope, permissions));
    return missing ? violation(`Airlock lacks ${missing[0]} on ${missing[1]}.`) : compliant;
  },
});

function isGranted(action: string, scope: string, all: readonly Permissions[]): boolean {
  return all.some(
    (it) =>
      it.scope.toLowerCase() === scope.toLowerCase() &&
      it.actions.some((one) => matches(one, action)) &&
      !it.notActions.some((one) => matches(one, action)),
  );
}

/** azure-docs role definitions: `*` stands for any run of characters. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((it) => it.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}
