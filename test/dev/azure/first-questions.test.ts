import { describe, expect, test } from "vitest";
import { account, withAccount } from "./account-estate.ts";
import { app, group, localAzure, subscription, text } from "./local-azure.ts";

const version = "2022-09-01";

describe("which cloud this is", () => {
  const ask = (version: string) =>
    localAzure().azure.answer({
      method: "GET",
      url: `https://127.0.0.1:8443/metadata/endpoints?api-version=${version}`,
      headers: {},
    });

  test("told without a token, in the shape of each version", () => {
    const authentication = { loginEndpoint: "https://127.0.0.1:8443/" };
    expect(ask("2015-01-01"), "public shape").toMatchObject({
      status: 200,
      body: { authentication, graphEndpoint: expect.any(String) },
    });
    expect(JSON.parse(String(ask("2019-05-01").body)), "public shape").toMatchObject([
      { authentication, suffixes: { storage: "core.windows.net" } },
    ]);
    expect(ask("2022-09-01").body, "public shape").toMatchObject({
      authentication,
      resourceManager: "https://127.0.0.1:8443/",
    });
    expect(ask("2022-09-01").headers?.["content-type"]).toContain("application/json");
  });

  test("an unknown version is refused, and nothing else goes without a token", () => {
    const { azure, call } = localAzure();
    const endpoints = (version: string) =>
      call("GET", "/metadata/endpoints", { version, isUnjudged: true }).status;
    expect([endpoints("2022-09-01"), endpoints("2030-01-01")]).toEqual([200, 400]);
    const nobody = { version, headers: { authorization: "Bearer none" } };
    for (const path of ["/providers", "/providers/Microsoft.Search"])
      expect(call("GET", path, nobody).status).toBe(401);
    const url = `${subscription}/providers?api-version=${version}`;
    expect(azure.answer({ method: "GET", url, headers: {} }).status).toBe(401);
  });
});

describe("namespaces", () => {
  const search = `${subscription}/providers/Microsoft.Search`;

  test("each tells its types, their versions with the newest first, and that it is registered", () => {
    const { call } = localAzure();
    const { status, body } = call("GET", search, { version });
    expect(status).toBe(200);
    expect(body, "recorded: CLI test_provider_registration").toMatchObject({
      id: search,
      namespace: "Microsoft.Search",
      registrationState: "Registered",
      registrationPolicy: "RegistrationRequired",
    });
    const services = body["resourceTypes"]?.find(
      (it) => String(it["resourceType"]) === "searchServices",
    );
    expect(services?.["locations"]).toContain("West Europe");
    const versions = services?.["apiVersions"] as unknown as string[];
    expect(versions).toContain("2023-11-01");
    expect(versions).toEqual([...versions].sort().reverse());
  });

  test("the list has all of them, at a subscription and at the tenant, where everybody may ask", () => {
    const { call } = localAzure();
    const names = (path: string, ask = {}) =>
      (call("GET", path, { version, ...ask }).body["value"] ?? []).map((it) => it["namespace"]);
    const all = names(`${subscription}/providers`);
    expect(all).toEqual(
      expect.arrayContaining(["Microsoft.CognitiveServices", "Microsoft.Network"]),
    );
    expect(names("/providers", { as: app })).toEqual(all);
    expect(call("GET", `${subscription}/providers`, { version, as: app }).status).toBe(403);
    const own = call("GET", "/providers/microsoft.network", { version, as: app });
    expect([own.status, own.body["id"]]).toEqual([200, "/providers/Microsoft.Network"]);
  });

  test("each can be registered by an owner, and by nobody without a role", () => {
    const { call } = localAzure();
    const all = call("GET", `${subscription}/providers`, { version }).body["value"] ?? [];
    expect(all.length).toBeGreaterThan(10);
    for (const { namespace } of all) {
      const path = `${subscription}/providers/${namespace}/register`;
      const ask = { version, isUnjudged: true } as const; // the judge knows no such operation
      expect(call("POST", path, ask).status, String(namespace)).toBe(200);
      expect(call("POST", path, { ...ask, as: app }).status, String(namespace)).toBe(403);
    }
  });

  test("to register one is no change; one that is not served here is told with a mark", () => {
    const { call, events } = localAzure();
    const made = call("POST", `${search}/register`, { version, isUnjudged: true });
    expect([made.status, made.body["registrationState"]]).toEqual([200, "Registered"]);
    expect(events).toEqual([]);
    const odd = call("GET", `${subscription}/providers/Microsoft.Quantum`, { version });
    expect([odd.status, text(odd)], "public text").toEqual([
      404,
      expect.stringContaining("InvalidResourceNamespace"),
    ]);
    expect(odd.headers["x-not-simulated"]).toBe("namespace");
    expect(call("PUT", search, { version, body: {}, isUnjudged: true }).status).toBe(405);
  });
});

describe("lists of resources and groups", () => {
  const list = `${subscription}/resources`;
  const asked = (filter: string, more = "") =>
    `${list}?api-version=${version}&$filter=${encodeURIComponent(filter)}${more}`;

  test.each([
    ["", 2],
    ["resourceGroup eq 'RG' and name eq 'acc'", 1],
    ["resourceType ne 'Microsoft.CognitiveServices/accounts'", 1],
    ["substringof('oth', name)", 1],
    ["tagName eq 'Team' and tagValue eq 'ai'", 1],
    ["tagname eq 'team' and tagvalue eq 'AI'", 0],
    ["startswith(tagname, 'te')", 1],
  ])("%s: %i", (filter, count) => {
    const { azure, send } = withAccount();
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/other`;
    azure.load([{ id, type: "x", location: "westeurope", tags: { team: "ai" } }]);
    expect(send("GET", asked(filter)).body["value"]).toHaveLength(count);
  });

  test("what it cannot compare is refused; tags are not shown where they were asked for", () => {
    const { call, send } = withAccount();
    for (const odd of ["plan/name eq 'x'", "name eq x", "tagName eq 'a' and name eq 'b'"])
      expect(send("GET", asked(odd)).status, odd).toBe(400);
    call("PATCH", account, { body: { tags: { team: "ai" } } });
    const byTag = send("GET", asked("tagName eq 'team'")).body["value"];
    expect(byTag, "specification").toEqual([
      expect.not.objectContaining({ tags: expect.anything() }),
    ]);
    expect(text(send("GET", asked("name eq 'acc'")))).toContain('"tags":{"team":"ai"}');
  });

  test("$expand adds when it was made and changed, and its state; else they are not there", () => {
    const { call, send, advance, now } = localAzure();
    const id = `${group}/providers/Microsoft.Network/networkSecurityGroups/n`;
    const ask = { version: "2024-05-01", body: { location: "westeurope" } };
    const made = now().toISOString().slice(0, 19);
    call("PUT", id, ask);
    advance(3600);
    call("PATCH", id, { version: "2024-05-01", body: { tags: { a: "b" } } });
    const expand = "&$expand=createdTime%2CchangedTime%2CprovisioningState";
    const [row] = send("GET", asked("", expand)).body["value"] ?? [];
    expect(Object.keys(row ?? {}), "recorded: CLI test_resource_scenario").toEqual(
      ["id", "name", "type", "location"].concat(
        ["createdTime", "changedTime", "provisioningState"],
        ["tags"],
      ),
    );
    expect(String(row?.["createdTime"])).toMatch(new RegExp(`^${made}\\.\\d{7}Z$`));
    expect(String(row?.["changedTime"]) > String(row?.["createdTime"])).toBe(true);
    expect(row).toMatchObject({ provisioningState: "Succeeded" });
    expect(Object.keys(send("GET", asked("")).body["value"]?.[0] ?? {})).not.toContain(
      "createdTime",
    );
  });

  test("an estate that was loaded from such a list does not show their times as its own", () => {
    const { azure, call } = localAzure();
    const id = `${group}/providers/Microsoft.Network/networkSecurityGroups/n`;
    const listed = { createdTime: "2026-01-01T00:00:00Z", provisioningState: "Succeeded" };
    azure.load([{ id, type: "x", location: "westeurope", ...listed }]);
    const { body } = call("GET", id, { version: "2024-05-01" });
    expect(body).not.toHaveProperty("createdTime");
    expect(body["properties"]).toHaveProperty("provisioningState");
  });

  test("groups are listed by tag too", () => {
    const { call, send } = localAzure();
    call("PATCH", group, { version, body: { tags: { team: "ai" } } });
    const groups = (filter: string) =>
      send(
        "GET",
        `${subscription}/resourcegroups?api-version=${version}&$filter=${encodeURIComponent(filter)}`,
      );
    expect(groups("tagName eq 'team'").body["value"]).toHaveLength(1);
    expect(groups("tagName eq 'other'").body["value"]).toHaveLength(0);
    expect(groups("tagName").status).toBe(400);
  });
});

describe("policy exemptions", () => {
  const type = "Microsoft.Authorization/policyExemptions";
  const exemption = (scope: string, name: string, properties: object = {}) => ({
    id: `${scope}/providers/${type}/${name}`,
    type,
    name,
    properties: {
      policyAssignmentId: `${subscription}/providers/Microsoft.Authorization/policyAssignments/p`,
      exemptionCategory: "Waiver",
      ...properties,
    },
  });
  const asked = { version: "2022-07-01-preview" };

  function estate() {
    const azure = withAccount();
    azure.azure.load([
      exemption(subscription, "wide", { expiresOn: "2026-01-01T00:00:00Z" }),
      exemption(group, "own", { resourceSelectors: [] }),
      exemption(account, "narrow"),
    ]);
    const names = (scope: string, filter: string) => {
      const path = `${scope}/providers/${type}?api-version=2022-07-01-preview&$filter=${filter}`;
      const { status, body } = azure.send("GET", encodeURI(path));
      return status === 200 ? body["value"]?.map((it) => it["name"]) : status;
    };
    return { ...azure, names };
  }

  test.each([
    ["", ["own", "wide", "narrow"]],
    ["atScope()", ["own", "wide"]],
    ["atExactScope()", ["own"]],
    ["excludeExpired()", ["own"]],
    [
      `policyAssignmentId eq '${subscription}/providers/Microsoft.Authorization/policyAssignments/p'`,
      ["own", "wide", "narrow"],
    ],
    ["policyAssignmentId eq '/x'", []],
    ["name eq 'own'", 400],
  ])("of a group with the filter '%s'", (filter, found) => {
    expect(estate().names(group, filter), "specification").toEqual(found);
  });

  test("one is read in the shape of its version; another is not there; none is written here", () => {
    const { call } = estate();
    const own = `${group}/providers/${type}/own`;
    expect(call("GET", own, asked).body["properties"]).toHaveProperty("resourceSelectors");
    const older = call("GET", own, { version: "2020-07-01-preview" });
    expect(older.body["properties"], "specification").not.toHaveProperty("resourceSelectors");
    expect(text(call("GET", `${own}2`, asked)), "public text").toContain("PolicyExemptionNotFound");
    const body = { properties: exemption(group, "x").properties };
    expect(call("PUT", `${own}2`, { ...asked, body }).status).toBe(405);
  });
});
