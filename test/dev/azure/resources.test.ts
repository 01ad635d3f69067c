import { describe, expect, test } from "vitest";
import { account, withAccount } from "./account-estate.ts";
import { app, group, person, subscription, text } from "./local-azure.ts";

describe("groups, lists and tags", () => {
  test("a group goes in about a minute: 202 with Location only, then its things are gone", () => {
    const { call, send, advance } = withAccount();
    const version = { version: "2021-04-01" };
    const answer = call("DELETE", group, version);
    expect([answer.status, answer.headers["retry-after"]], "1.2: 445 chains").toEqual([202, "15"]);
    expect(answer.headers).not.toHaveProperty("azure-asyncoperation");
    const address = answer.headers["location"] ?? "";
    const running = send("GET", address);
    expect(
      [running.status, running.headers["retry-after"], running.headers["location"]],
      "1.13",
    ).toEqual([202, "15", address]);
    expect(call("GET", group, version).body["properties"]?.["provisioningState"], "1.5").toBe(
      "Deleting",
    );
    const late = call("PATCH", account, { body: { tags: { a: "1" } } });
    expect(text(late), "1.9").toContain("ResourceGroupBeingDeleted");
    expect(call("DELETE", group, version).status, "1.13: 202 again").toBe(202);
    advance(90);
    expect(send("GET", address).status, "1.2: then 200 empty").toBe(200);
    expect(text(call("GET", account)), "aso2 21").toContain("ResourceGroupNotFound");
  });

  test("a group that a service manages says so, and takes no writes of others", () => {
    const { call } = withAccount();
    const version = "2021-04-01";
    const managed = `${group}-managed`;
    const managedBy = `${group}/providers/Microsoft.Databricks/workspaces/ws`;
    const made = call("PUT", managed, { version, body: { location: "westeurope", managedBy } });
    expect([made.status, made.body["managedBy"]], "specification: ResourceGroup").toEqual([
      201,
      managedBy,
    ]);
    const tagged = { location: "westeurope", tags: { a: "b" } };
    expect(call("PUT", managed, { version, body: tagged }).status, "manners 1.9").toBe(403);
    expect(call("PATCH", managed, { version, body: { tags: {} } }).status).toBe(403);
    const { body: now } = call("GET", managed, { version });
    expect(now, "surroundings: skipped by its managedBy").toMatchObject({ managedBy });
    expect(call("GET", group, { version }).body).not.toHaveProperty("managedBy");
  });

  test("a group's region is written in small letters without blanks, and stays", () => {
    const { call } = withAccount();
    const version = "2021-04-01";
    const put = (location: string) =>
      call("PUT", `${group}-own`, { version, body: { location, tags: {} } });
    expect(put("Central US EUAP").body, "recorded 7 of 7").toMatchObject({
      location: "centraluseuap",
    });
    expect(put("CentralUSEUAP").status).toBe(200);
    const moved = put("West Europe");
    expect([moved.status, moved.body["error"]], "azure-cli 22242, algo 1814").toEqual([
      409,
      {
        code: "InvalidResourceGroupLocation",
        message:
          "Invalid resource group location 'West Europe'. The Resource group already exists in location 'centraluseuap'.",
      },
    ]);
  });

  test("managedBy that is no id leaves a group to all; a list by tag keeps the tags of groups", () => {
    const { call, send } = withAccount();
    const version = "2020-06-01";
    const own = `${group}-own`;
    const body = { location: "westus", managedBy: "test_admin", tags: { a: "b", c: "" } };
    expect(call("PUT", own, { version, body }).status, "CLI test_resource_group").toBe(201);
    const filter = "$filter=tagname%20eq%20%27a%27%20and%20tagvalue%20eq%20%27b%27";
    const found = send("GET", `${subscription}/resourcegroups?${filter}&api-version=${version}`);
    expect(found.body["value"], "CLI test_resource_group").toEqual([
      expect.objectContaining({ id: own, managedBy: "test_admin", tags: body.tags }),
    ]);
    const bare = call("PUT", own, { version, body: { ...body, tags: {} } });
    expect([bare.status, bare.body["tags"]], "CLI test_resource_group").toEqual([200, {}]);
    const old = call("GET", own, { version: "2018-05-01" }).body;
    expect(old, "recorded at 2018-05-01").not.toHaveProperty("type");
    expect(call("GET", own, { version }).body["type"]).toBe("Microsoft.Resources/resourceGroups");
  });

  test("lists of everything hold tracked things without properties; filters leave empty pages", () => {
    const { azure, send } = withAccount();
    azure.load(
      Array.from({ length: 1500 }, (_, i) => ({
        id: `${group}/providers/Microsoft.Storage/storageAccounts/s${i}`,
        type: "microsoft.storage/storageaccounts",
        location: "westeurope",
      })),
    );
    const filter = "$filter=resourceType%20eq%20'Microsoft.CognitiveServices/accounts'";
    const first = send("GET", `${subscription}/resources?api-version=2021-04-01&${filter}`);
    expect(first.body["value"], "c7n 11: no properties").toEqual([
      expect.not.objectContaining({ properties: expect.anything() }),
    ]);
    const next = first.body["nextLink"] as unknown as string;
    expect(next, "1.12: absolute, %24skiptoken").toMatch(
      /^https:\/\/127\.0\.0\.1:8443\/.*%24skiptoken=/,
    );
    const second = send("GET", next);
    expect(second.body, "1.12: 178 of 254 pages were empty").toEqual({ value: [] });
  });

  test("tags by themselves: 200 at once, an event that names the tagged resource", () => {
    const { call, events } = withAccount();
    const tags = `${account}/providers/Microsoft.Resources/tags/default`;
    const version = { version: "2021-04-01" };
    const body = (operation: string, sent: object) => ({
      ...version,
      body: { operation, properties: { tags: sent } },
    });
    call("PATCH", tags, body("Merge", { a: "1", b: "2" }));
    call("PATCH", tags, body("Delete", { a: "1", b: "other" }));
    expect(
      call("GET", tags, version).body["properties"],
      "1.11: Delete needs key and value",
    ).toEqual({ tags: { b: "2" } });
    expect(call("GET", account).body["tags"]).toEqual({ b: "2" });
    const [event] = events;
    expect(event?.data["operationName"], "general 27").toBe("Microsoft.Resources/tags/write");
    expect(event?.subject.toLowerCase(), "general 27").toBe(account.toLowerCase());
    expect(call("DELETE", tags, version).status, "1.11").toBe(200);
  });

  test("subscriptions and tenants show what the caller may read", () => {
    const { call } = withAccount();
    const ids = (as = person) => text(call("GET", "/subscriptions", { version: "2022-12-01", as }));
    expect(ids()).toContain(subscription);
    expect(ids(app)).toBe('{"value":[],"nextLink":""}');
    expect(
      call("GET", "/tenants", { version: "2022-12-01" }).body["value"]?.[0]?.["tenantId"],
    ).toBe(person.tenantId);
  });
});
