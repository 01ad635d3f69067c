import assert from "node:assert/strict";
import { AuthorizationManagementClient } from "@azure/arm-authorization";

export async function check({ credential, subscription, group, options, all }) {
  const client = new AuthorizationManagementClient(credential, subscription, options);
  const assigned = await all(client.roleAssignments.listForSubscription());
  assert.ok(assigned.length > 0);
  const [permission] = await all(client.permissions.listForResourceGroup(group));
  assert.deepEqual(permission.actions, ["*"]);
  return "role assignments and permissions listed";
}
