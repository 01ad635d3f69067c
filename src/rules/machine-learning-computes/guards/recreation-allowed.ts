import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

export const recreationAllowed = guard<
  "microsoft.machinelearningservices/workspaces/computes",
  "settings"
>({
  id: "recreation-allowed",
  title: "This installation makes clusters again by itself",
  needs: ["settings"],
  yieldsTo: ["approval"],
  check: (_, { settings }) =>
    settings.allowComputeRecreate
      ? compliant
      : violation("It must be deleted and made again, which this installation does not do alone."),
});
