import { describe, expect, test } from "vitest";
import { withEstate } from "./graph-estate.ts";

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
});
