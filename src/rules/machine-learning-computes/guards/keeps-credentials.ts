import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

/** Recorded: GET returns user name and SSH key, never the password. */
export const keepsCredentials = guard<"microsoft.machinelearningservices/workspaces/computes">({
  id: "keeps-credentials",
  title: "No password would be lost",
  yieldsTo: ["approval"],
  check({ properties }) {
    const credentials = properties.properties?.userAccountCredentials;
    return credentials && !credentials.adminUserSshPublicKey
      ? violation("Its administrator has a password, which Azure does not give back.")
      : compliant;
  },
});
