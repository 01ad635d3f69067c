import { guard } from "../../model/rule.ts";
import { compliant, violation } from "../../model/verdict.ts";

/** azure-docs configure-private-link (Foundry): hosted agents do not work behind a closed account. */
export const agentsHaveNetwork = guard<"microsoft.cognitiveservices/accounts">({
  id: "agents-have-network",
  title: "Agents run in a network that reaches the account",
  yieldsTo: ["drift", "approval"],
  check({ properties: { associatedProjects = [], networkInjections = [] } }) {
    const isInjected = networkInjections.some(
      ({ scenario, subnetArmId, useMicrosoftManagedNetwork }) =>
        scenario?.toLowerCase() === "agent" && (subnetArmId || useMicrosoftManagedNetwork),
    );
    return associatedProjects.length === 0 || isInjected
      ? compliant
      : violation(
          "It has projects without a network of their own: hosted agents would lose their way in.",
        );
  },
});
