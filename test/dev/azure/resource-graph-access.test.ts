import { describe, expect, test } from "vitest";
import { account, nameOf, other, storage, withEstate } from "./graph-estate.ts";
import { app, group, subscription } from "./local-azure.ts";

const inGroup = "/resourceGroups/r/providers/Microsoft.Storage/storageAccounts";
const elsewhere = storage(`${other}${inGroup}/x`);
const guid = (at: number): string => `00000000-0000-4000-9000-${String(at).padStart(12, "0")}`;

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
    azure.load([elsewhere]);
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
    expect(ask(everything, { as: app }).status, "public: the same without a list").toBe(400);
  });

  test("subscriptions narrow", () => {
    const { azure, ask } = withEstate();
    azure.grant(app, "Reader", "");
    azure.load([elsewhere]);
    const lists = [undefined, [], [nameOf(other)], [nameOf(other).toUpperCase()]];
    const totals = lists
      .map((subscriptions) => ({ subscriptions }))
      .map((it) => ask(everything, { ...it, as: app }).body["totalRecords"]);
    expect(totals, "specification; grafana 103702: an empty list is none").toEqual([6, 6, 1, 1]);
  });

  test("a grant in each of a thousand subscriptions reads all of them, in batches or at once", () => {
    const homes = Array.from({ length: 1000 }, (_, at) => guid(at));
    const rows = homes.map((home) => storage(`/subscriptions/${home}${inGroup}/s`));
    const { azure, ask } = withEstate(rows);
    for (const home of homes) azure.grant(app, "Reader", `/subscriptions/${home}`);
    const query = "resources | where type =~ 'microsoft.storage/storageaccounts' | project id";
    const count = (subscriptions?: readonly string[]) =>
      ask(query, { as: app, ...(subscriptions && { subscriptions }) }).body["totalRecords"];
    const batches = [homes.slice(0, 300), homes.slice(300), homes, undefined];
    expect(batches.map(count), "azure-docs troubleshoot/general: 1,000 at most").toEqual([
      300, 700, 1000, 1000,
    ]);
    const { status, body } = ask(query, { subscriptions: [...homes, guid(1000)] });
    expect([status, body["error"]?.["code"]], "the same; code not known").toEqual([
      400,
      "BadRequest",
    ]);
  });

  test("group rows need read on groups", () => {
    const { azure, names } = withEstate();
    azure.grant(app, ["Microsoft.Resources/subscriptions/resourceGroups/read"], subscription);
    expect(names("resourcecontainers", app), "arm.md 6").toEqual(["rg"]);
  });
});
