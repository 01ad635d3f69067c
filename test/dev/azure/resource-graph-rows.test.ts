import { describe, expect, test } from "vitest";
import { account, nameOf, withEstate } from "./graph-estate.ts";
import { group, subscription } from "./local-azure.ts";

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
});
