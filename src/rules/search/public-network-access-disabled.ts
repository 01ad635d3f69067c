import { rule } from "../../model/rule.ts";
import { hasPrivateEndpoint } from "../guards/has-private-endpoint.ts";
import { privateDnsComplete } from "../guards/private-dns-complete.ts";
import { closePublicAccess, judgePublicAccess } from "../public-network-access.ts";

export const searchPublicNetworkAccessDisabled = rule({
  id: "search-public-network-access-disabled",
  title: "Public network access of the search service is disabled",
  severity: "critical",
  resourceType: "microsoft.search/searchservices",
  why: "An open search service answers queries over private documents from any network.",
  reference: "https://learn.microsoft.com/azure/search/service-create-private-endpoint",
  controls: ["MCSB NS-2", "policy ee980b6d", "policy 9cee519f"],
  check: (service) => judgePublicAccess(service, ["disabled", "securedbyperimeter"]),
  fix: {
    impact: () => "may-cut-callers",
    reachability: "proven",
    guards: [hasPrivateEndpoint, privateDnsComplete],
    permissions: ["Microsoft.Search/searchServices/write"],
    /** The free SKU has no private link: it can only be replaced. */
    steps: (service) =>
      service.sku?.name?.toLowerCase() === "free"
        ? "The free SKU has no private link: a person must move it to another one."
        : closePublicAccess(service),
  },
});
