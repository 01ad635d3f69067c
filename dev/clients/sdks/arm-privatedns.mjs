import assert from "node:assert/strict";
import { PrivateDnsManagementClient } from "@azure/arm-privatedns";

export async function check({ credential, subscription, group, scope, options, all, end }) {
  const client = new PrivateDnsManagementClient(credential, subscription, options);
  assert.equal((await all(client.privateZones.list())).length, 3);
  const openai = "privatelink.openai.azure.com";
  const [link] = await all(client.virtualNetworkLinks.list(group, openai));
  assert.equal(link.virtualNetworkLinkState, "Completed");
  assert.ok((await all(client.recordSets.list(group, openai))).some((it) => it.aRecords));

  const zone = "privatelink.search.windows.net";
  const begun = client.privateZones.createOrUpdate(group, zone, { location: "global" });
  assert.equal((await end(begun)).provisioningState, "Succeeded");
  const tags = { by: "sdk" };
  await end(client.privateZones.update(group, zone, { tags })); // ends in `{}`, as in Azure
  assert.deepEqual((await client.privateZones.get(group, zone)).tags, tags);
  const body = {
    location: "global",
    registrationEnabled: false,
    virtualNetwork: { id: `${scope}/providers/Microsoft.Network/virtualNetworks/ai-net` },
  };
  await end(client.virtualNetworkLinks.createOrUpdate(group, zone, "l", body));
  const record = await client.recordSets.createOrUpdate(group, zone, "A", "s", {
    ttl: 10,
    aRecords: [{ ipv4Address: "10.0.0.9" }],
  });
  assert.equal(record.fqdn, `s.${zone}.`);
  await end(client.virtualNetworkLinks.delete(group, zone, "l"));
  await end(client.privateZones.delete(group, zone));
  await assert.rejects(client.privateZones.get(group, zone), { statusCode: 404 });
  return "zones, links and records listed, made, changed and deleted";
}
