import { expect, test } from "vitest";
import {
  account,
  cognitive,
  endpoint,
  endpointId,
  foundry,
  openai,
  otherNetwork,
  zone,
  zoneGroup,
  zoneGroupId,
  zoneId,
} from "../support/estates.ts";
import { createLaptop, type Laptop } from "../support/laptop.ts";

const aiServices = () => account({}, { kind: "AIServices" });
const threeZones = [...zone(cognitive), ...zone(openai), ...zone(foundry)];

async function looked(estate: readonly object[], settings = {}) {
  const laptop = createLaptop({ estate, settings });
  await laptop.look(endpointId);
  await laptop.run(3600);
  return laptop;
}

async function attached(laptop: Laptop): Promise<string[]> {
  const group = await laptop.seen(zoneGroupId);
  const configs = Reflect.get(group?.properties ?? {}, "privateDnsZoneConfigs") ?? [];
  return configs.map((it: { properties: { privateDnsZoneId: string } }) =>
    it.properties.privateDnsZoneId.split("/").at(-1),
  );
}

const finding = async (laptop: Laptop) => (await laptop.recall(endpointId))?.findings[0];

test("a Foundry account needs three zones; one is there: the others join it, nothing is renamed", async () => {
  const laptop = await looked([aiServices(), ...endpoint(), ...threeZones, zoneGroup(cognitive)]);
  expect(await attached(laptop)).toEqual([cognitive, openai, foundry]);
  expect(await finding(laptop)).toBeUndefined();
  const record = await laptop.seen(`${zoneId(openai)}/A/openai-prod`);
  expect(record?.properties).toMatchObject({ aRecords: [{ ipv4Address: "10.0.1.5" }] });
});

test("the record holds the group's zones before and after", async () => {
  const laptop = await looked([aiServices(), ...endpoint(), ...threeZones, zoneGroup(cognitive)]);
  const entries = (await laptop.records(endpointId)).map((it) => it.entry);
  const zonesIn = (it: unknown) => JSON.stringify(it).match(/privateDnsZones\/[a-z.]+/g) ?? [];
  const [intended, , verified] = entries;
  expect(zonesIn(intended && "before" in intended && intended.before)).toHaveLength(1);
  expect(zonesIn(verified && "after" in verified && verified.after)).toHaveLength(3);
});

test("no group at all: one is made, under the name default", async () => {
  const laptop = await looked([account(), ...endpoint(), ...zone(openai)]);
  expect(await attached(laptop)).toEqual([openai]);
});

test("a deployment under way is not raced: nothing is sent within ten minutes", async () => {
  const laptop = createLaptop({ estate: [account(), ...endpoint(), ...zone(openai)] });
  await laptop.look(endpointId);
  await laptop.run(590);
  expect(laptop.writes()).toEqual([]);
  await laptop.run(600);
  expect(laptop.writes()).toHaveLength(1);
});

test("an extra zone is never wrong", async () => {
  const laptop = await looked([
    account(),
    ...endpoint(),
    ...zone(openai),
    ...zone(cognitive),
    zoneGroup(openai, cognitive),
  ]);
  expect(await finding(laptop)).toBeUndefined();
  expect(laptop.writes()).toEqual([]);
});

test("a manual connection that was approved is judged like any other", async () => {
  const laptop = await looked([
    account({
      privateEndpointConnections: [
        {
          id: "/x/privateEndpointConnections/openai-prod-pe.1",
          properties: {
            privateEndpoint: { id: endpointId },
            privateLinkServiceConnectionState: { status: "Approved" },
          },
        },
      ],
    }),
    ...endpoint("manualPrivateLinkServiceConnections"),
    ...zone(openai),
  ]);
  expect(await attached(laptop)).toEqual([openai]);
});

test("a connection that waits for its approval is not judged", async () => {
  const laptop = await looked([
    account(),
    ...endpoint("manualPrivateLinkServiceConnections"),
    ...zone(openai),
  ]);
  expect((await laptop.recall(endpointId))?.memory.rules).toMatchObject({
    "private-dns-zone-group-complete": { status: "not-applicable" },
  });
});

test("no zone is linked to the endpoint's network: reported, nothing is guessed", async () => {
  const laptop = await looked([account(), ...endpoint(), ...zone(openai, [otherNetwork])]);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision).toMatchObject({ do: "report" });
  expect((await finding(laptop))?.decision.because).toContain(openai);
});

test("a central zone from the settings wins, linked or not", async () => {
  const laptop = await looked([account(), ...endpoint(), ...zone(openai, [])], {
    privateDnsZones: [zoneId(openai)],
  });
  expect(await attached(laptop)).toEqual([openai]);
});

test("a zone that others ask too is held where the account is public: their answers would change", async () => {
  const laptop = await looked([
    account({ publicNetworkAccess: "Enabled" }),
    ...endpoint(),
    ...zone(openai, [
      `${endpointId.split("/privateEndpoints")[0]}/virtualNetworks/hub`,
      otherNetwork,
    ]),
  ]);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
});

test("another endpoint's record is never overwritten, even when a person approves", async () => {
  const laptop = createLaptop({ estate: [account(), ...endpoint(), ...zone(openai)] });
  const path = `${zoneId(openai)}/A/openai-prod?api-version=2024-06-01`;
  laptop.write("PUT", path, { properties: { ttl: 10, aRecords: [{ ipv4Address: "10.9.9.9" }] } });
  await laptop.look(endpointId);
  await laptop.run(3600);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
  expect((await finding(laptop))?.decision.because).toContain("10.9.9.9");
});

test("a record that was changed by hand is written again", async () => {
  const laptop = createLaptop({
    estate: [account(), ...endpoint(), ...zone(openai), zoneGroup(openai)],
  });
  const path = `${zoneId(openai)}/A/openai-prod`;
  laptop.write("PUT", `${path}?api-version=2024-06-01`, {
    properties: { ttl: 10, aRecords: [{ ipv4Address: "10.9.9.9" }] },
  });
  await laptop.look(endpointId);
  await laptop.run(3600);
  const record = await laptop.seen(path);
  expect(record?.properties).toMatchObject({ aRecords: [{ ipv4Address: "10.0.1.4" }] });
  expect(await finding(laptop)).toBeUndefined();
});
