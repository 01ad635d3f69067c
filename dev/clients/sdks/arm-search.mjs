import assert from "node:assert/strict";
import { SearchManagementClient } from "@azure/arm-search";

export async function check({ credential, subscription, group, options, all, end }) {
  const client = new SearchManagementClient(credential, subscription, options);
  const services = await all(client.services.listBySubscription());
  assert.deepEqual(
    services.map((it) => it.name),
    ["search-prod"],
  );
  const closed = await client.services.update(group, "search-prod", {
    publicNetworkAccess: "Disabled",
  });
  assert.equal(closed.publicNetworkAccess, "Disabled");
  assert.equal((await client.services.get(group, "search-prod")).publicNetworkAccess, "Disabled");
  assert.ok((await client.adminKeys.get(group, "search-prod")).primaryKey);

  const body = { location: "westeurope", sku: { name: "standard" } };
  const made = await end(client.services.beginCreateOrUpdate(group, "made-by-sdk", body));
  assert.equal(made.provisioningState.toLowerCase(), "succeeded");
  await client.services.delete(group, "made-by-sdk");
  await assert.rejects(client.services.get(group, "made-by-sdk"), { statusCode: 404 });
  return "services listed, closed, made and deleted; keys read";
}
