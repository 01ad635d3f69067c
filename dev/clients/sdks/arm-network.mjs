import assert from "node:assert/strict";
import { NetworkManagementClient } from "@azure/arm-network";

export async function check({ credential, subscription, group, scope, options, all, end }) {
  const client = new NetworkManagementClient(credential, subscription, options);
  const endpoints = await all(client.privateEndpoints.list(group));
  assert.deepEqual(endpoints.map((it) => it.name).toSorted(), [
    "foundry-prod-pe",
    "openai-prod-pe",
  ]);
  const network = await client.virtualNetworks.get(group, "ai-net");
  const subnets = await all(client.subnets.list(group, "ai-net"));
  assert.deepEqual(
    subnets.map((it) => it.name),
    network.subnets.map((it) => it.name),
  );
  const tagged = await client.virtualNetworks.updateTags(group, "ai-net", { tags: { by: "sdk" } });
  assert.deepEqual(tagged.tags, { by: "sdk" });

  const searchService = `${scope}/providers/Microsoft.Search/searchServices/search-prod`;
  const made = await end(
    client.privateEndpoints.createOrUpdate(group, "made-by-sdk", {
      location: "westeurope",
      subnet: { id: endpoints[0].subnet.id },
      privateLinkServiceConnections: [
        { name: "c", privateLinkServiceId: searchService, groupIds: ["searchService"] },
      ],
    }),
  );
  const [connection] = made.privateLinkServiceConnections;
  assert.equal(connection.privateLinkServiceConnectionState.status, "Approved");
  const zone = `${scope}/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com`;
  const zones = { privateDnsZoneConfigs: [{ name: "z", privateDnsZoneId: zone }] };
  const groups = client.privateDnsZoneGroups;
  const joined = await end(groups.createOrUpdate(group, "made-by-sdk", "default", zones));
  assert.equal(joined.provisioningState, "Succeeded");
  assert.equal((await all(groups.list(group, "made-by-sdk"))).length, 1);
  assert.ok((await all(client.networkInterfaces.list(group))).length > 0);
  await end(client.privateEndpoints.delete(group, "made-by-sdk"));
  await assert.rejects(client.privateEndpoints.get(group, "made-by-sdk"), { statusCode: 404 });
  return "endpoints listed, made, joined to a zone and deleted; a network tagged; interfaces read";
}
