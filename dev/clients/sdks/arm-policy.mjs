import assert from "node:assert/strict";
import { PolicyClient } from "@azure/arm-policy";

export async function check({ credential, subscription, group, scope, options, all }) {
  const { policyExemptions } = new PolicyClient(credential, subscription, options);
  const [one, ...more] = await all(policyExemptions.listForResourceGroup(group));
  assert.deepEqual([one.name, one.exemptionCategory, more], ["waived", "Waiver", []]);
  assert.equal((await policyExemptions.get(scope, "waived")).id, one.id);
  assert.equal((await all(policyExemptions.list())).length, 1);
  await assert.rejects(policyExemptions.get(scope, "other"), { statusCode: 404 });
  return "exemptions listed and read";
}
