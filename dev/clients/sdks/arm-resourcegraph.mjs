import assert from "node:assert/strict";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";

export async function check({ credential, subscription, options }) {
  const client = new ResourceGraphClient(credential, options);
  const query =
    "resources | where type =~ 'microsoft.cognitiveservices/accounts' | order by id asc";
  const asked = { subscriptions: [subscription], query };
  const names = [];
  let skipToken;
  do {
    const page = await client.resources({ ...asked, options: { top: 3, skipToken } });
    assert.equal(page.totalRecords, 4);
    names.push(...page.data.map((it) => it.name));
    skipToken = page.skipToken;
  } while (skipToken);
  assert.deepEqual(names.toSorted(), [
    "foundry-prod",
    "openai-prod",
    "speech-legacy",
    "vision-prod",
  ]);
  const counted = await client.resources({ query: "resources | summarize n = count() by type" });
  assert.ok(counted.data.every((it) => it.n > 0));
  await assert.rejects(client.resources({ query: "resources | where" }), { statusCode: 400 });
  return "pages, counts and a refusal";
}
