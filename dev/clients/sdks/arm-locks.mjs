import assert from "node:assert/strict";
import { ManagementLockClient } from "@azure/arm-locks";

export async function check({ credential, subscription, group, options, all }) {
  const client = new ManagementLockClient(credential, subscription, options).managementLocks;
  const body = { level: "CanNotDelete", notes: "made by an SDK" };
  const made = await client.createOrUpdateAtResourceGroupLevel(group, "keep", body);
  assert.equal(made.level, "CanNotDelete");
  assert.equal((await all(client.listAtSubscriptionLevel())).length, 1);
  assert.equal((await all(client.listAtResourceGroupLevel(group))).length, 1);
  await client.deleteAtResourceGroupLevel(group, "keep");
  assert.deepEqual(await all(client.listAtSubscriptionLevel()), []);
  return "a lock made, listed and deleted";
}
