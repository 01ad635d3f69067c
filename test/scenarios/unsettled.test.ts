import { expect, test } from "vitest";
import { type Doubt, doubts } from "../../dev/azure/unsettled.ts";
import { clusterBody, clusterId, workspace, workspaceId } from "../support/clusters.ts";
import {
  account,
  accountId,
  endpoint,
  endpointId,
  openai,
  search,
  zone,
  zoneGroup,
  zoneGroupId,
  zoneId,
} from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";
import { access, decision, open } from "../support/scenes.ts";

const { id: searchId } = search();
const connection = `${accountId}/privateEndpointConnections`;
const byHand = "manualPrivateLinkServiceConnections";

type Scenario = Readonly<{
  estate: readonly object[];
  play(laptop: Laptop, behaviour: string): Promise<void>;
}>;

/** Whatever Azure does, the estate ends sealed or held, and the journal says which. */
const scenarios: { readonly [D in Doubt]: Scenario } = {
  failedWriteLeaves: {
    estate: [account()],
    async play(laptop, behaviour) {
      await laptop.remembered(accountId);
      open(laptop);
      laptop.azure.faults.add({ method: "PATCH", times: 1, answer: "lro-fails" });
      await laptop.run(3600);
      const actions = (await laptop.records(accountId)).map((it) => it.entry.action);
      const end = [await access(laptop), actions.at(-1)];
      const cured = behaviour === "the new values";
      expect(end).toEqual(cured ? ["Disabled", "verified"] : ["Enabled", "failed"]);
      expect((await decision(laptop))?.do).toBe(cured ? undefined : "hold");
      expect(laptop.writes()).toHaveLength(1);
    },
  },
  recordsOfRemovedGroup: {
    estate: [account(), ...endpoint(), ...zone(openai), zoneGroup(openai)],
    async play(laptop) {
      await laptop.remembered(endpointId);
      laptop.write("DELETE", `${zoneGroupId}?api-version=2024-05-01`);
      await laptop.run(3600);
      expect(await laptop.seen(zoneGroupId)).toBeDefined();
      const record = await laptop.seen(`${zoneId(openai)}/A/openai-prod`);
      expect(record?.properties).toMatchObject({
        aRecords: [{ ipv4Address: expect.stringMatching(/^10\.0\.1\./) }],
      });
    },
  },
  searchWriteWhileProvisioning: {
    estate: [search()],
    async play(laptop) {
      await laptop.look(searchId);
      await laptop.run(60);
      const body = { properties: { publicNetworkAccess: "Enabled" } };
      laptop.write("PATCH", `${searchId}?api-version=2025-05-01`, body);
      await laptop.run(4 * 3600);
      const seen = await laptop.seen(searchId);
      expect(seen?.properties).toMatchObject({ publicNetworkAccess: "Disabled" });
      const actions = (await laptop.records(searchId)).map((it) => it.entry.action);
      expect(actions.at(-1)).toBe("verified");
    },
  },
  groupOfPendingEndpoint: {
    estate: [account(), ...endpoint(byHand), ...zone(openai)],
    async play(laptop) {
      await laptop.look(endpointId);
      await laptop.run(3600);
      const [waiting] = list(laptop.write("GET", `${connection}?api-version=2025-06-01`).body);
      expect(waiting?.properties.privateLinkServiceConnectionState.status).toBe("Pending");
      const state = { status: "Approved", description: "By the account's owner" };
      laptop.write("PUT", `${waiting?.id}?api-version=2025-06-01`, {
        properties: { ...waiting?.properties, privateLinkServiceConnectionState: state },
      });
      await laptop.look(endpointId);
      await laptop.run(6 * 3600);
      expect(await laptop.seen(zoneGroupId)).toBeDefined();
    },
  },
  networkNobodyAskedFor: {
    estate: [account()],
    async play(laptop, behaviour) {
      const body = { location: "westeurope", properties: {} };
      laptop.write("PUT", `${workspaceId}?api-version=2025-06-01`, body);
      await laptop.run(600);
      laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
      await laptop.run(3600);
      const seen = await laptop.seen(workspaceId);
      const network = seen && Reflect.get(seen.properties, "managedNetwork");
      expect(network?.isolationMode).toBe(behaviour === "shown" ? "Disabled" : undefined);
      const [finding] = (await laptop.recall(clusterId))?.findings ?? [];
      expect(finding?.decision.do).toBe("hold");
      expect(JSON.stringify(finding)).toContain("neither a subnet nor a managed network");
    },
  },
  pollWithMoreParameters: {
    estate: [workspace()],
    async play(laptop, behaviour) {
      await laptop.portsFor("run").gates.install();
      laptop.advance(60);
      const put = laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
      const address = new URL(put.headers?.["azure-asyncoperation"] ?? "");
      address.searchParams.append("underlyingResourceAction", "Delete");
      const polled = laptop.write("GET", `${address.pathname}${address.search}`);
      expect(polled.status).toBe(behaviour === "taken" ? 200 : 400);
      await laptop.run(24 * 3600);
      const seen = await laptop.seen(clusterId);
      expect(seen?.properties).toMatchObject({ properties: { enableNodePublicIp: false } });
    },
  },
};

type Connection = Readonly<{
  id: string;
  properties: { privateLinkServiceConnectionState: { status: string } };
}>;
const list = (body: unknown) => (body as { value: readonly Connection[] }).value;

const names = Object.keys(doubts) as Doubt[];
const both = names.flatMap((doubt) => doubts[doubt].map((it) => ({ doubt, behaviour: it })));

test.each(both)("$doubt: $behaviour", async ({ doubt, behaviour }) => {
  const { estate, play } = scenarios[doubt];
  const laptop = createLaptop({ estate, unsettled: { [doubt]: behaviour } });
  await play(laptop, behaviour);
});
