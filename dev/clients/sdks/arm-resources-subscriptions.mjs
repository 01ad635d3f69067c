import assert from "node:assert/strict";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";

export async function check({ credential, subscription, options, all }) {
  const client = new SubscriptionClient(credential, options);
  const [one, ...more] = await all(client.subscriptions.list());
  assert.deepEqual([one.subscriptionId, one.state, more], [subscription, "Enabled", []]);
  assert.equal((await client.subscriptions.get(subscription)).id, `/subscriptions/${subscription}`);
  const [tenant] = await all(client.tenants.list());
  assert.equal(tenant.tenantId, one.tenantId);
  return "subscriptions and tenants listed";
}
