import { describe, expect, test } from "vitest";
import { kinds } from "../../dev/azure/providers/index.ts";
import { readEstate } from "../../dev/estate/read-estate.ts";
import { localAzure, person, text } from "./azure/local-azure.ts";

const { resources, subscriptions } = readEstate(
  new URL("../../dev/estate/estate.json", import.meta.url),
);
const home = `/subscriptions/${subscriptions[0]}`;
const group = `${home}/resourceGroups/ai-prod`;

/** The demo's estate, as `npm run sim` serves it. */
function estate() {
  const local = localAzure();
  local.azure.load(resources);
  local.azure.grant(person, "Owner", home);
  return local;
}

const network = `${group}/providers/Microsoft.Network`;
const zone = `${network}/privateDnsZones/privatelink.openai.azure.com`;
const account = `${group}/providers/Microsoft.CognitiveServices/accounts/openai-prod`;
const service = `${group}/providers/Microsoft.Search/searchServices/search-prod`;
const expand = "$expand=createdTime%2CchangedTime%2CprovisioningState";

/** What the Azure CLI 2.45 was seen to send, and what 2.50 to 2.63 sent in recordings where it differs. */
const read: readonly (readonly [command: string, ...asked: string[]])[] = [
  ["login", "/subscriptions?api-version=2019-11-01", "/subscriptions?api-version=2022-12-01"],
  ["account tenant list", "/tenants?api-version=2019-11-01", "/tenants?api-version=2022-12-01"],
  ["group list", `${home}/resourcegroups?api-version=2021-04-01`],
  ["group show", `${home}/resourcegroups/ai-prod?api-version=2022-09-01`],
  ["provider list", `${home}/providers?api-version=2021-04-01`],
  [
    "resource list",
    `${home}/resourcegroups/ai-prod?api-version=2021-04-01`,
    `${home}/resources?$filter=resourceGroup%20eq%20%27ai-prod%27&${expand}&api-version=2021-04-01`,
    `${home}/resources?$filter=&${expand}&api-version=2022-09-01`,
  ],
  ["resource show", `${home}/providers/Microsoft.MachineLearningServices?api-version=2022-09-01`],
  [
    "cognitiveservices account",
    `${home}/providers/Microsoft.CognitiveServices/accounts?api-version=2022-12-01`,
    `${group}/providers/Microsoft.CognitiveServices/accounts?api-version=2023-05-01`,
    `${account}?api-version=2022-12-01`,
    `${account}?api-version=2023-05-01`,
  ],
  [
    "search service",
    `${group}/providers/Microsoft.Search/searchServices?api-version=2022-09-01`,
    `${service}?api-version=2020-03-13`,
    `${service}?api-version=2023-11-01`,
    `${service}/privateEndpointConnections?api-version=2022-09-01`,
    `${service}/privateLinkResources?api-version=2022-09-01`,
  ],
  [
    "network private-endpoint",
    `${network}/privateEndpoints?api-version=2022-01-01`,
    `${network}/privateEndpoints/openai-prod-pe?api-version=2022-01-01`,
    `${network}/privateEndpoints/openai-prod-pe/privateDnsZoneGroups?api-version=2022-01-01`,
    `${network}/privateEndpoints/openai-prod-pe/privateDnsZoneGroups/default?api-version=2022-01-01`,
  ],
  [
    "network private-endpoint-connection",
    `${account}/privateEndpointConnections?api-version=2022-03-01`,
    `${service}/privateEndpointConnections?api-version=2020-08-01`,
    `${account}/privateLinkResources?api-version=2022-03-01`,
  ],
  ["network vnet", `${network}/virtualNetworks/ai-net?api-version=2022-01-01`],
  ["network vnet subnet", `${network}/virtualNetworks/ai-net/subnets?api-version=2024-01-01`],
  [
    "network private-dns",
    `${network}/privateDnsZones?api-version=2018-09-01`,
    `${zone}?api-version=2020-06-01`,
    `${zone}/virtualNetworkLinks?api-version=2018-09-01`,
    `${zone}/virtualNetworkLinks/ai-net?api-version=2020-06-01`,
    `${zone}/ALL?api-version=2018-09-01`,
    `${zone}/a?api-version=2020-06-01`,
  ],
  [
    "lock list",
    `${home}/providers/Microsoft.Authorization/locks?api-version=2016-09-01`,
    `${group}/providers/Microsoft.Authorization/locks?api-version=2016-09-01`,
  ],
  [
    "policy exemption list",
    `${home}/providers/Microsoft.Authorization/policyExemptions?api-version=2020-07-01-preview`,
  ],
  [
    "monitor",
    `${account}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`,
  ],
];

describe("the Azure CLI", () => {
  test.each(read)("az %s", (_command, ...asked) => {
    const { send } = estate();
    for (const path of asked) expect([path, send("GET", path).status]).toEqual([path, 200]);
  });

  test("az resource show reads the version from the namespace: the newest stable one is served", () => {
    const { call } = estate();
    const version = "2022-09-01";
    for (const id of [account, service, zone, `${network}/privateEndpoints/openai-prod-pe`]) {
      const [, namespace = "", name = ""] = /providers\/([^/]+)\/([^/]+)/.exec(id) ?? [];
      const { body } = call("GET", `${home}/providers/${namespace}`, { version });
      const type = body["resourceTypes"]?.find((it) => String(it["resourceType"]) === name);
      const versions = (type?.["apiVersions"] ?? []) as unknown as string[];
      const stable = versions.find((it) => !it.includes("preview"));
      expect([id, call("GET", id, { version: stable ?? "" }).status]).toEqual([id, 200]);
    }
  });
});

describe("older api-versions", () => {
  const rows = resources as readonly { id: string; type: string }[];

  test.each(rows.map(({ id, type }) => [type, id]))("%s is read at all of its own", (type, id) => {
    const { call } = estate();
    const kind = kinds.find(({ type: it, shownType }) =>
      [it, shownType].some((name) => name?.toLowerCase() === type.toLowerCase()),
    );
    expect(kind?.versions.length).toBeGreaterThan(0);
    const unread = kind?.versions.filter((version) => call("GET", id, { version }).status !== 200);
    expect(unread).toEqual([]);
  });

  test.each([
    [
      "2015-08-19",
      [
        "publicNetworkAccess",
        "networkRuleSet",
        "privateEndpointConnections",
        "sharedPrivateLinkResources",
      ],
    ],
    ["2020-08-01", ["encryptionWithCmk", "disableLocalAuth", "authOptions"]],
    ["2022-09-01", ["semanticSearch"]],
  ])("a search service at %s does not show %s; the next version does", (version, names) => {
    const { call } = estate();
    const versions = kinds.find(({ type }) => type === "Microsoft.Search/searchServices")?.versions;
    const next = versions?.[versions.indexOf(version) + 1] ?? "";
    const shown = (at: string) =>
      Object.keys(call("GET", service, { version: at }).body["properties"] ?? {});
    expect(
      shown(version).filter((it) => names.includes(it)),
      "recorded by NET, else specification",
    ).toEqual([]);
    expect(shown(next)).toEqual(expect.arrayContaining(names));
  });
});

test("an operation's address may be longer than it was handed out, but not another", () => {
  const { call, send } = estate();
  const headers = call("PATCH", account, {
    body: { properties: { networkAcls: { defaultAction: "Deny" } } },
  }).headers;
  const address = headers["azure-asyncoperation"] ?? "";
  expect(send("GET", `${address}&more=1`).status).toBe(200);
  const changed = send("GET", address.replace("&t=", "&t=1"));
  expect([changed.status, text(changed)]).toEqual([400, expect.stringContaining("handed out")]);
  expect(send("GET", `${address}1`).status).toBe(400);
});
