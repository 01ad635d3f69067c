import { approvedEndpointsOf } from "../../../model/resource.ts";
import { guard } from "../../../model/rule.ts";
import { compliant, violation } from "../../../model/verdict.ts";

/** Records of two endpoints of one target share their names: which is right cannot be told here. */
export const onlyEndpointOfTarget = guard<"microsoft.network/privateendpoints", "target">({
  id: "only-endpoint-of-target",
  title: "It is the only approved endpoint of its target",
  needs: ["target"],
  yieldsTo: [],
  check(_, { target }) {
    const count = target ? approvedEndpointsOf(target).length : 0;
    return count <= 1
      ? compliant
      : violation(`Its target has ${count} approved private endpoints, which share DNS names.`);
  },
});
