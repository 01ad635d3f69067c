import assert from "node:assert/strict";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";

export async function check({ credential, subscription, group, options, all, end }) {
  const client = new AzureMachineLearningWorkspaces(credential, subscription, options);
  const workspaces = await all(client.workspaces.listBySubscription());
  assert.deepEqual(
    workspaces.map((it) => it.name),
    ["ml-prod"],
  );
  const body = { publicNetworkAccess: "Disabled" };
  const closed = await end(client.workspaces.beginUpdate(group, "ml-prod", body));
  assert.equal(closed.publicNetworkAccess, "Disabled");
  assert.equal((await client.workspaces.get(group, "ml-prod")).publicNetworkAccess, "Disabled");

  const cluster = {
    location: "westeurope",
    properties: {
      computeType: "AmlCompute",
      properties: {
        vmSize: "STANDARD_DS3_V2",
        scaleSettings: { minNodeCount: 0, maxNodeCount: 2 },
      },
    },
  };
  const begun = client.computeOperations.beginCreateOrUpdate(group, "ml-prod", "made", cluster);
  assert.equal((await end(begun)).properties.provisioningState, "Succeeded");
  const names = (await all(client.computeOperations.list(group, "ml-prod"))).map((it) => it.name);
  assert.deepEqual(names, ["made"]);
  await end(client.computeOperations.beginDelete(group, "ml-prod", "made", "Delete"));
  await assert.rejects(client.computeOperations.get(group, "ml-prod", "made"), { statusCode: 404 });
  return "workspaces listed and closed; a cluster made and deleted";
}
