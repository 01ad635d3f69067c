import assert from "node:assert/strict";
import { ResourceManagementClient } from "@azure/arm-resources";

export async function check({ credential, subscription, group, scope, options, all, end }) {
  const client = new ResourceManagementClient(credential, subscription, options);
  const namespaces = (await all(client.providers.list())).map((it) => it.namespace);
  assert.ok(namespaces.includes("Microsoft.CognitiveServices"));
  const { resourceTypes } = await client.providers.get("Microsoft.Search");
  assert.ok(resourceTypes.some((it) => it.resourceType === "searchServices"));
  assert.equal(
    (await client.providers.register("Microsoft.Search")).registrationState,
    "Registered",
  );

  const asked = {
    filter: "resourceType eq 'Microsoft.CognitiveServices/accounts'",
    expand: "createdTime,changedTime,provisioningState",
  };
  const accounts = await all(client.resources.list(asked));
  assert.equal(accounts.length, 4);
  assert.equal(accounts[0].provisioningState, "Succeeded");
  assert.ok((await all(client.resources.listByResourceGroup(group))).length > accounts.length);
  const id = `${scope}/providers/Microsoft.Search/searchServices/search-prod`;
  assert.equal((await client.resources.getById(id, "2025-05-01")).name, "search-prod");
  const tags = { by: "sdk" };
  await end(client.tagsOperations.updateAtScope(id, { operation: "Merge", properties: { tags } }));
  assert.deepEqual((await client.tagsOperations.getAtScope(id)).properties.tags.by, "sdk");

  const made = await client.resourceGroups.createOrUpdate("made", { location: "westeurope", tags });
  assert.equal(made.properties.provisioningState, "Succeeded");
  const tagged = await all(client.resourceGroups.list({ filter: "tagName eq 'by'" }));
  assert.deepEqual(
    tagged.map((it) => it.name),
    ["made"],
  );
  await end(client.resourceGroups.delete("made"));
  assert.equal((await client.resourceGroups.checkExistence("made")).body, false);
  return "namespaces and resources listed; tags merged; a group made, found by its tag and deleted";
}
