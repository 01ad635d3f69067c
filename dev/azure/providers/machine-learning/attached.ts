import type { Body } from "../../answers.ts";
import { omit, same } from "../../merge.ts";

/** What is not the workspace's own; only machines were recorded. */
export function showAttached(computeType: unknown, spec: Body): Body {
  return same(String(computeType), "VirtualMachine") ? machine(spec) : secretless(spec);
}

const secrets = [
  "accessToken",
  "administratorAccount",
  "databricksAccessToken",
  "relayConnectionString",
  "serviceBusConnectionString",
  "sslConfiguration",
];

/** ASO Apr 2025; the addresses are those of the machine, not simulated. */
function machine(spec: Body): Body {
  return {
    virtualMachineSize: spec["virtualMachineSize"] ?? "STANDARD_D1_V2",
    sshPort: spec["sshPort"] ?? null,
    notebookServerPort: spec["notebookServerPort"] ?? null,
    address: spec["address"] ?? "20.0.0.4",
    ipAddress: spec["address"] ?? "20.0.0.4",
    administratorAccount: null,
    imageVersion: null,
    applicationUris: null,
    createdBy: null,
  };
}

/** Not recorded but for what the specification says of all: "Any secrets are not returned". */
function secretless(spec: Body): Body {
  return omit(spec, secrets);
}
