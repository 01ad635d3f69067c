import { describe, expect, test } from "vitest";
import type { Principal } from "../../../dev/azure/principals.ts";
import { app, group, localAzure, type Shown, subscription } from "./local-azure.ts";

const path = "/providers/Microsoft.ResourceGraph/resources";
const other = "/subscriptions/00000000-0000-4000-8000-000000000002";
const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
const account = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com`;

const estate = [
  {
    id: `${account}/Open`,
    type: "Microsoft.CognitiveServices/accounts",
    kind: "OpenAI",
    location: "West Europe",
    tags: { env: "prod", "cost center": "42" },
    sku: { name: "S0" },
    properties: {
      customSubDomainName: "open",
      publicNetworkAccess: "Enabled",
      networkAcls: { ipRules: [{ value: "1.2.3.4" }] },
    },
  },
  {
    id: `${account}/shut`,
    type: "Microsoft.CognitiveServices/accounts",
    kind: "AIServices",
    location: "westeurope",
    properties: { publicNetworkAccess: "Disabled", disableLocalAuth: true },
  },
  {
    id: `${group}/providers/Microsoft.Search/searchServices/srv`,
    type: "Microsoft.Search/searchServices",
    location: "westus2",
    sku: { name: "basic" },
    properties: { publicNetworkAccess: "disabled" },
  },
  {
    id: `${group}/providers/Microsoft.Storage/storageAccounts/st`,
    type: "Microsoft.Storage/storageAccounts",
    location: "westeurope",
    managedBy: `${group}/x`,
    properties: {},
  },
  { id: zone, type: "Microsoft.Network/privateDnsZones", location: "global", properties: {} },
  {
    id: `${zone}/A/open`,
    type: "Microsoft.Network/privateDnsZones/A",
    properties: { ttl: 10, aRecords: [{ ipv4Address: "10.0.0.4" }] },
  },
  {
    id: `${account}/Open/deployments/gpt`,
    type: "Microsoft.CognitiveServices/accounts/deployments",
    properties: {},
  },
  {
    id: `${account}/Open/providers/Microsoft.Authorization/locks/l`,
    type: "Microsoft.Authorization/locks",
    properties: { level: "CanNotDelete" },
  },
];

function withEstate(rows: readonly object[] = estate) {
  const local = localAzure();
  local.azure.load(rows);
  const ask = (query: string, more: object = {}, as?: Principal) =>
    local.call("POST", path, {
      version: "2022-10-01",
      body: { query, ...more },
      ...(as && { as }),
    });
  const names = (query: string, as?: Principal) => {
    const { status, body } = ask(query, {}, as);
    expect([status, body["error"]], query).toEqual([200, undefined]);
    return (body["data"] as Shown[]).map((it) => it["name"]);
  };
  return { ...local, ask, names };
}

describe("rows", () => {
  test("columns and their empty values", () => {
    const { ask } = withEstate();
    const { body } = ask("resources | where name == 'st'");
    expect(body["data"], "recorded: absent texts are empty, absent objects null").toEqual([
      {
        id: `${group}/providers/Microsoft.Storage/storageAccounts/st`,
        name: "st",
        type: "microsoft.storage/storageaccounts",
        tenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47",
        kind: "",
        location: "westeurope",
        resourceGroup: "rg",
        subscriptionId: nameOf(subscription),
        managedBy: `${group}/x`,
        sku: null,
        plan: null,
        properties: {},
        tags: null,
        identity: null,
        zones: null,
        extendedLocation: null,
      },
    ]);
  });

  test("types and regions in lower case, ids as they were made, properties as ARM shows them", () => {
    const { ask, call } = withEstate();
    const { body } = ask("resources | where type =~ 'Microsoft.CognitiveServices/accounts'");
    expect(body["data"]?.[0], "recorded: type lower, id original, location lower").toMatchObject({
      id: `${account}/Open`,
      type: "microsoft.cognitiveservices/accounts",
      location: "westeurope",
      kind: "OpenAI",
    });
    const shown = call("GET", `${account}/Open`, { version: "2026-07-01" }).body["properties"];
    expect(body["data"]?.[0]?.["properties"], "arm.md 6: casing follows the provider").toEqual(
      shown,
    );
  });

  test("the answer: totals, and a text where a boolean is meant", () => {
    const { ask } = withEstate();
    const { headers, body } = ask("resources | where name == 'srv' | project id");
    expect(body, "manners ARG").toEqual({
      totalRecords: 1,
      count: 1,
      data: [{ id: expect.any(String) }],
      facets: [],
      resultTruncated: "false",
    });
    expect(headers, "manners 1.7").toMatchObject({
      "x-ms-user-quota-remaining": "14",
      "x-ms-user-quota-resets-after": "00:00:05",
      "x-ms-ratelimit-remaining-tenant-resource-requests": "14",
    });
  });

  test("only what Resource Graph indexes, each in its table", () => {
    const { names } = withEstate();
    expect(
      names("resources | order by name asc"),
      "arm.md 6: no deployments, locks, records",
    ).toEqual(["Open", "privatelink.openai.azure.com", "shut", "srv", "st"]);
    expect(names("dnsresources"), "arm.md 6").toEqual(["open"]);
    expect(
      names(
        "ResourceContainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups'",
      ),
      "azure-docs query-language",
    ).toEqual(["rg"]);
    const deployments =
      "resources | where type =~ 'microsoft.cognitiveservices/accounts/deployments'";
    expect(names(deployments), "arm.md 6: not indexed").toEqual([]);
  });

  test("a write is seen, a deletion too", () => {
    const { call, names } = withEstate();
    const shut = "resources | where properties.publicNetworkAccess =~ 'disabled' | project name";
    expect(names(shut)).toEqual(["shut", "srv"]);
    const sent = { properties: { publicNetworkAccess: "Disabled" } };
    expect(call("PATCH", `${account}/Open`, { body: sent }).status).toBe(202);
    expect(names(shut), "arm.md 6: seconds to minutes; here at once").toEqual([
      "Open",
      "shut",
      "srv",
    ]);
    call("DELETE", `${group}/providers/Microsoft.Search/searchServices/srv`, {
      version: "2025-05-01",
    });
    expect(names(shut)).toEqual(["Open", "shut"]);
  });
});

describe("who sees what", () => {
  const everything = "resources | project name | order by name asc";

  test.each([
    ["the subscription", "Reader", subscription, 5],
    ["the group", "Reader", group, 5],
    ["one account", "Reader", `${account}/Open`, 1],
    ["accounts only", ["Microsoft.CognitiveServices/accounts/read"], subscription, 2],
  ])("a grant on %s", (_name, role, scope, count) => {
    const { azure, names } = withEstate();
    azure.grant(app, role, scope);
    expect(names(everything, app), "arm.md 6: read on the resources").toHaveLength(count);
  });

  test("subscriptions that cannot be read are left out without a word, unless all are", () => {
    const { azure, ask } = withEstate();
    azure.load([
      {
        ...estate[3],
        id: `${other}/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/x`,
      },
    ]);
    const both = [nameOf(subscription), nameOf(other)];
    const seen = ask(everything, { subscriptions: both });
    expect([seen.status, seen.body["totalRecords"]], "public measurement of 2026-08-05").toEqual([
      200, 5,
    ]);
    const none = ask(everything, { subscriptions: [nameOf(other)] });
    expect(
      [none.status, none.body["error"]?.["code"], none.body["error"]?.["details"]],
      "public: teleport, azure-sdk-for-js 12780",
    ).toEqual([
      400,
      "BadRequest",
      [
        {
          code: "NoValidSubscriptionsInQueryRequest",
          message: `There must be at least one subscription that is eligible to contain resources. Given: '${nameOf(other)}'.`,
        },
      ],
    ]);
    expect(ask(everything, {}, app).status, "public: the same without a list").toBe(400);
  });

  test("subscriptions narrow", () => {
    const { azure, ask } = withEstate();
    azure.grant(app, "Reader", "");
    azure.load([
      {
        ...estate[3],
        id: `${other}/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/x`,
      },
    ]);
    const totals = [{}, { subscriptions: [nameOf(other)] }].map(
      (it) => ask(everything, it, app).body["totalRecords"],
    );
    expect(totals, "specification").toEqual([6, 1]);
  });
});

describe("pages", () => {
  const many = Array.from({ length: 2500 }, (_, at) => ({
    ...estate[3],
    id: `${group}/providers/Microsoft.Storage/storageAccounts/s${String(at).padStart(4, "0")}`,
  }));
  const ordered = "resources | project id | order by id asc";

  test("of a thousand at most, each with a token for the next", () => {
    const { ask } = withEstate(many);
    const ids: unknown[] = [];
    const counts: unknown[] = [];
    let token: unknown;
    do {
      const { body } = ask(ordered, token === undefined ? {} : { options: { $skipToken: token } });
      ids.push(...(body["data"] as Shown[]).map((it) => it["id"]));
      counts.push(body["count"]);
      expect(body["totalRecords"], "recorded: of all pages").toBe(2500);
      expect(body["resultTruncated"], "recorded: false though more pages follow").toBe("false");
      token = body["$skipToken"];
    } while (token !== undefined);
    expect(counts, "azure-docs work-with-data: at most 1,000").toEqual([1000, 1000, 500]);
    expect(ids).toEqual(many.map((it) => it.id));
  });

  test("$top and $skip", () => {
    const { ask } = withEstate(many);
    const { body } = ask(ordered, { options: { $top: 2, $skip: 7 } });
    expect(body["data"], "specification").toEqual([{ id: many[7]?.id }, { id: many[8]?.id }]);
    const next = ask(ordered, { options: { $top: 1, $skipToken: body["$skipToken"] } });
    expect(next.body["data"], "azure-docs paging-results").toEqual([{ id: many[9]?.id }]);
  });

  test("none where limit, or dynamic columns alone, switch paging off", () => {
    const { ask } = withEstate(many);
    const off = ["resources | project id | limit 1500", "resources | project properties"];
    for (const query of off) {
      const { body } = ask(query);
      expect([body["resultTruncated"], body["$skipToken"]], "azure-docs paging-results").toEqual([
        "true",
        undefined,
      ]);
    }
    expect(ask("resources | project id | take 3").body["resultTruncated"]).toBe("false");
  });

  test("what changes between two pages is seen", () => {
    const { ask, azure } = withEstate(many);
    const { body } = ask(ordered);
    azure.load([{ ...estate[3], id: `${group}/providers/Microsoft.Storage/storageAccounts/a` }]);
    const next = ask(ordered, { options: { $skipToken: body["$skipToken"] } });
    expect(next.body["data"]?.[0], "azure-docs paging-results: duplicates may occur").toEqual({
      id: many[999]?.id,
    });
  });

  test.each([
    ["$top", { options: { $top: 1001 } }],
    ["$top", { options: { $top: 0 } }],
    ["$skip", { options: { $skip: -1 } }],
    ["$skipToken", { options: { $skipToken: "MTA" } }],
    ["resultFormat", { options: { resultFormat: "table" } }],
    ["managementGroups", { managementGroups: ["m"] }],
    ["facets", { facets: [] }],
  ])("%s: a value that is not allowed or not simulated is refused", (name, more) => {
    const { ask } = withEstate();
    const { status, body } = ask(ordered, more);
    expect([status, body["error"]?.["details"]?.[0]?.["message"]], "specification").toEqual([
      400,
      `The value of '${name}' is invalid or not simulated.`,
    ]);
  });
});

/** Each of these was taken by Microsoft's parser (Kusto.Language) with the columns of Resource Graph. */
const taken: [query: string, names: string[]][] = [
  ["resources | where name == 'Open'", ["Open"]],
  ["resources | where name == 'open'", []],
  ["resources | where name =~ 'OPEN'", ["Open"]],
  ["resources | where name != 'Open' and type =~ 'microsoft.cognitiveservices/accounts'", ["shut"]],
  ["resources | where name !~ 'open' and type has 'cognitiveservices'", ["shut"]],
  ["resources | where name in ('Open', 'SHUT')", ["Open"]],
  ["resources | where name in~ ('OPEN', 'shut')", ["Open", "shut"]],
  [
    "resources | where name !in~ ('OPEN', 'shut') and type !in ('microsoft.network/privatednszones')",
    ["srv", "st"],
  ],
  ["resources | where type contains 'ITIVE'", ["Open", "shut"]],
  ["resources | where type has 'itive'", []],
  ["resources | where type has_any ('Microsoft.Search', 'none')", ["srv"]],
  ["resources | where name startswith 'S'", ["shut", "srv", "st"]],
  ["resources | where (name == 'st') or (name == 'srv' and not(name == 'st'))", ["srv", "st"]],
  ["resources | where name == 'st' or name == 'srv' and name == 'none'", ["st"]],
  ["resources | where properties.publicNetworkAccess == 'Disabled'", ["shut", "srv"]],
  ["resources | where properties['publicNetworkAccess'] =~ 'disabled'", ["shut", "srv"]],
  [
    "resources | where tolower(tostring(properties.publicNetworkAccess)) == 'disabled'",
    ["shut", "srv"],
  ],
  ["resources | where properties.disableLocalAuth == true", ["shut"]],
  ["resources | where properties.networkAcls.ipRules[0].value == '1.2.3.4'", ["Open"]],
  ["resources | where properties.PublicNetworkAccess == 'Disabled'", []],
  ["resources | where tags['cost center'] == '42' and tags.env has \"prod\"", ["Open"]],
  ["resources | where isnotempty(sku.name)", ["Open", "srv"]],
  ["resources | where isempty(kind) and isnull(sku) and type has 'storage'", ["st"]],
  ["resources | where isnotnull(tags.env)", ["Open"]],
  [
    "resources | where properties.disableLocalAuth != true and type has 'accounts' and kind != ''",
    ["Open"],
  ],
  ["resources | where not(properties.none == tags.none)", []],
  ['resources // all of them\n| where name == "st" // one', ["st"]],
  ["resources | order by kind desc, name asc | limit 2", ["Open", "shut"]],
  ["resources | sort by name | take 1", ["st"]],
  [
    "resources | extend shut = properties.publicNetworkAccess =~ 'disabled' | where shut",
    ["shut", "srv"],
  ],
  ["resources | project name, id | project-away id | where name has 'st'", ["st"]],
  ["Resources | where name == 'it\\'s' or name == 'st'", ["st"]],
  [
    "resources | where type =~ 'microsoft.network/privatednszones' and name in~ ('privatelink.openai.azure.com') | project id, name | order by id asc",
    ["privatelink.openai.azure.com"],
  ],
  [
    "resources | where type in~ ('microsoft.cognitiveservices/accounts', 'microsoft.search/searchservices') | project id, name, type, kind, location, resourceGroup, managedBy, sku, tags, identity, properties | order by id asc",
    ["Open", "shut", "srv"],
  ],
];

describe("queries", () => {
  test.each(taken)("%s", (query, wanted) => {
    const { names } = withEstate();
    const found = names(query);
    const isOrdered = /order by|sort by/.test(query);
    expect(isOrdered ? found : found.toSorted(), "Kusto docs").toEqual(wanted);
  });

  test.each([
    [
      "resources | summarize count() by type | order by type asc | project type, n = count_",
      [
        { type: "microsoft.cognitiveservices/accounts", n: 2 },
        { type: "microsoft.network/privatednszones", n: 1 },
        { type: "microsoft.search/searchservices", n: 1 },
        { type: "microsoft.storage/storageaccounts", n: 1 },
      ],
    ],
    [
      "resources | summarize all = count() by access = tolower(tostring(properties.publicNetworkAccess)) | order by all desc, access asc",
      [
        { access: "", all: 2 },
        { access: "disabled", all: 2 },
        { access: "enabled", all: 1 },
      ],
    ],
    ["resources | where name == 'none' | summarize count()", [{ count_: 0 }]],
    ["resources | count", [{ Count: 5 }]],
    [
      "resources | distinct location | order by location asc",
      [{ location: "global" }, { location: "westeurope" }, { location: "westus2" }],
    ],
    [
      "resources | where name == 'Open' | project properties.networkAcls.ipRules[0].value, tags['env'], none = tags.none",
      [{ properties_networkAcls_ipRules_0_value: "1.2.3.4", tags_env: "prod", none: null }],
    ],
  ])("%s", (query, rows) => {
    const { ask } = withEstate();
    expect(ask(query).body["data"], "Kusto docs").toEqual(rows);
  });

  test.each([
    ["where name == 'st'", 0, "where"],
    ["resourcez | limit 1", 0, "resourcez"],
    ["securityresources | limit 1", 0, "securityresources"],
    ["resources | where nosuch == 'x'", 18, "nosuch"],
    ["resources | project id, systemData", 24, "systemData"],
    ["resources | project id | where name == 'x'", 31, "name"],
    ["resources | where resourceGroup =~ DEV-T24' and type contains 'x'", 35, "DEV"],
    ["resources | where name == 'st", 26, "'st"],
    ["resources | where properties.flag", 33, "<EOF>"],
    ["resources | order by properties.x", 33, "<EOF>"],
    ["resources | summarize count() by sku", 36, "<EOF>"],
    ["resources | project tolower(name)", 33, "<EOF>"],
    ["resources | project id, id", 26, "<EOF>"],
    ["resources | where id.x == 'a'", 18, "id"],
    ["resources | join kind=inner (resources) on id", 12, "join"],
    ["resources | mv-expand tags", 12, "mv-expand"],
    ["resources | where name matches regex 'a'", 23, "matches"],
    ["resources | extend a = iff(true, 1, 2)", 23, "iff"],
    ["resources | order by id limit 1", 24, "limit"],
    ["resources | limit 1; resources", 19, "; resources"],
    ["", 0, "<EOF>"],
  ])("%s is refused", (query, characterPositionInLine, token) => {
    const { ask, now } = withEstate();
    const { status, body, headers } = ask(query);
    expect(status, query).toBe(400);
    expect(body["error"], "public: aztfexport 485, azure-powershell 13762").toEqual({
      code: "BadRequest",
      message: `Please provide below info when asking for support: timestamp = ${now().toISOString().replace("Z", "0000Z")}, correlationId = ${headers["x-ms-correlation-request-id"]}.`,
      details: [
        { code: "InvalidQuery", message: expect.stringMatching(/^Query is invalid\./) },
        expect.objectContaining({
          code: "ParserFailure",
          message: "ParserFailure",
          line: 1,
          characterPositionInLine,
          token,
        }),
      ],
    });
  });

  test("the place of a failure is told by line", () => {
    const { ask } = withEstate();
    const { body } = ask("resources\n| where name == 'st'\n| project nosuch");
    expect(body["error"]?.["details"]?.[1], "public: aztfexport 485").toMatchObject({
      line: 3,
      characterPositionInLine: 10,
      token: "nosuch",
    });
  });
});
