import { expect, test } from "vitest";
import { group } from "./local-azure.ts";
import { cluster, inner, withWorkspace, workspace } from "./machine-learning.ts";

/** arm 2; nothing of this is recorded. */
const compute = `${workspace}/computes/cpu`;
const approved = {
  id: `${workspace}/privateEndpointConnections/studio.1`,
  properties: {
    provisioningState: "Succeeded",
    privateEndpoint: { id: `${group}/providers/Microsoft.Network/privateEndpoints/pe` },
    privateLinkServiceConnectionState: { status: "Approved" },
  },
};
const subnet = { id: `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s` };
const managed = { managedNetwork: { isolationMode: "AllowInternetOutbound", networkId: "n" } };
const connected = { privateEndpointConnections: [approved] };

test.each([
  ["neither network nor subnet", {}, {}, 400],
  ["a subnet, no private endpoint of the workspace", {}, { subnet }, 400],
  ["a subnet and an approved endpoint", connected, { subnet }, 201],
  ["a managed network", managed, {}, 201],
  ["a subnet in a managed network", managed, { subnet }, 400],
])("nodes without public addresses, with %s", (_name, properties, spec, status) => {
  const { call } = withWorkspace({ properties });
  const answer = call("PUT", compute, { body: cluster({ enableNodePublicIp: false, ...spec }) });
  expect(answer.status, "arm 2").toBe(status);
  if (status === 400)
    expect(answer.body["error"]?.["code"], "AzureTRE 1083").toBe("PropertyNotAllowed");
  expect(call("GET", compute, { version: "2022-10-01" }).status).toBe(status === 400 ? 404 : 200);
});

test.each([
  ["a managed network", managed, {}],
  ["a subnet", connected, { subnet }],
])("logins are closed where there is %s", (_name, properties, spec) => {
  const { call, advance } = withWorkspace({ properties });
  call("PUT", compute, { body: cluster(spec) });
  advance(22);
  expect(inner(call("GET", compute))?.["remoteLoginPortPublicAccess"], "claim 5").toBe("Disabled");
});
