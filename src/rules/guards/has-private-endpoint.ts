import type { EndpointTarget } from "../../model/facts.ts";
import { approvedEndpointsOf } from "../../model/resource.ts";
import { subscriptionOf } from "../../model/resource-id.ts";
import { guard } from "../../model/rule.ts";
import { compliant, violation } from "../../model/verdict.ts";

/** Only endpoints in subscriptions we serve count: a managed network makes Microsoft's own appear (recorded). */
export const hasPrivateEndpoint = guard<EndpointTarget["type"], "settings">({
  id: "has-private-endpoint",
  title: "An approved private endpoint exists",
  needs: ["settings"],
  yieldsTo: ["drift", "approval"],
  check(resource, { settings }) {
    const isOurs = (id: string) => settings.subscriptions.includes(subscriptionOf(id));
    return approvedEndpointsOf(resource).some(isOurs)
      ? compliant
      : violation(
          "It is public and has no approved private endpoint: closing it would cut every caller.",
        );
  },
});
