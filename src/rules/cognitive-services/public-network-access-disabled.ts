import { rule } from "../../model/rule.ts";
import { agentsHaveNetwork } from "../guards/agents-have-network.ts";
import { hasPrivateEndpoint } from "../guards/has-private-endpoint.ts";
import { privateDnsComplete } from "../guards/private-dns-complete.ts";
import { closePublicAccess, judgePublicAccess } from "../public-network-access.ts";

export const accountPublicNetworkAccessDisabled = rule({
  id: "account-public-network-access-disabled",
  title: "Public network access of the account is disabled",
  severity: "critical",
  resourceType: "microsoft.cognitiveservices/accounts",
  why: "An open account can be called from any network with a leaked key or token.",
  reference: "https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks",
  controls: ["MCSB NS-2", "policy 037eea7a", "policy 47ba1dd7"],
  check: (account) => judgePublicAccess(account),
  fix: {
    impact: () => "may-cut-callers",
    reachability: "proven",
    guards: [hasPrivateEndpoint, privateDnsComplete, agentsHaveNetwork],
    permissions: ["Microsoft.CognitiveServices/accounts/write"],
    steps: closePublicAccess,
  },
});
