import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

export const keepsIdentity = guard<"microsoft.machinelearningservices/workspaces/computes">({
  id: "keeps-identity",
  title: "No system-assigned identity would be lost",
  yieldsTo: ["approval"],
  check: ({ identity }) =>
    identity?.type?.toLowerCase().includes("systemassigned")
      ? violation("Its system-assigned identity would be another one, without the roles it holds.")
      : compliant,
});
