import assert from "node:assert/strict";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";

export async function check({ credential, subscription, group, options, all, end }) {
  const client = new CognitiveServicesManagementClient(credential, subscription, options);
  const names = (await all(client.accounts.list())).map((it) => it.name);
  assert.deepEqual(names.toSorted(), [
    "foundry-prod",
    "openai-prod",
    "speech-legacy",
    "vision-prod",
  ]);
  const account = await client.accounts.get(group, "vision-prod");
  assert.equal(account.type, "Microsoft.CognitiveServices/accounts");

  const access = (it) => it.properties.publicNetworkAccess;
  const body = { properties: { publicNetworkAccess: "Disabled" } };
  assert.equal(
    access(await end(client.accounts.beginUpdate(group, "vision-prod", body))),
    "Disabled",
  );
  assert.equal(access(await client.accounts.get(group, "vision-prod")), "Disabled");
  assert.ok((await client.accounts.listKeys(group, "vision-prod")).key1);
  const held = await client.privateEndpointConnections.list(group, "openai-prod");
  assert.equal(held.value[0].properties.privateLinkServiceConnectionState.status, "Approved");
  assert.equal((await client.privateLinkResources.list(group, "openai-prod")).value.length, 1);

  const made = {
    location: "westeurope",
    kind: "OpenAI",
    sku: { name: "S0" },
    properties: { customSubDomainName: "made-by-sdk" },
  };
  const begun = client.accounts.beginCreate(group, "made-by-sdk", made);
  assert.equal((await end(begun)).properties.provisioningState, "Succeeded");
  await end(client.accounts.beginDelete(group, "made-by-sdk"));
  await assert.rejects(client.accounts.get(group, "made-by-sdk"), { statusCode: 404 });
  assert.ok((await all(client.deletedAccounts.list())).some((it) => it.name === "made-by-sdk"));
  await end(client.deletedAccounts.beginPurge("westeurope", group, "made-by-sdk"));
  assert.deepEqual(await all(client.deletedAccounts.list()), []);
  return "accounts listed, closed, made, deleted and purged; keys and connections read";
}
