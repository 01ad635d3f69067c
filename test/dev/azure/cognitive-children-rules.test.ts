import { describe, expect, test } from "vitest";
import { account, foundry, network, rule, tag } from "./cognitive-children.ts";
import { group, localAzure, text } from "./local-azure.ts";

const stable = { version: "2026-03-01" };
const approved = { properties: { managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" } } };
const open = { properties: { managedNetwork: { isolationMode: "AllowInternetOutbound" } } };
const storage = `${group}/providers/Microsoft.Storage/storageAccounts/store`;
const fqdn = { category: "UserDefined", destination: "*.openai.azure.com", type: "FQDN" };
const endpoint = {
  category: "UserDefined",
  destination: { serviceResourceId: storage, subresourceTarget: "blob" },
  type: "PrivateEndpoint",
};
const filled = { action: "Allow", addressPrefixes: [] };

describe("outbound rules", () => {
  test.each([
    ["FQDN", fqdn, fqdn, 273, 456, 762, 792, "or 1-8: 7 min 36 s and 13 min 12 s"],
    [
      "ServiceTag",
      tag,
      { ...tag, destination: { ...tag.destination, ...filled } },
      1,
      31,
      1,
      31,
      "or 9-12: 31 s",
    ],
    ["PrivateEndpoint", endpoint, endpoint, 152, 182, 152, 182, "or 14-17: 3 min 2 s"],
  ])(
    "%s: PUT and DELETE are 202, empty, with both headers",
    (_type, sent, shown, least, most, low, high, source) => {
      const { call, send, advance } = foundry(approved);
      const made = call("PUT", rule("own"), { ...stable, body: { properties: sent } });
      expect([made.status, made.body], source).toEqual([202, undefined]);
      expect(made.headers["location"], source).toMatch(
        /\/outboundRules\/own\?api-version=2026-03-01$/,
      );
      expect(made.headers, source).not.toHaveProperty("retry-after");
      const address = made.headers["azure-asyncoperation"] ?? "";
      expect(address, "or 1").toMatch(/mnet:([-0-9a-f]{36}):\1_[-0-9a-f]{36}\?api-version=/);
      advance(least);
      expect(send("GET", address).body["status"], source).toBe("InProgress");
      advance(most - least);
      expect(send("GET", address).body["status"], source).toBe("Succeeded");
      expect(call("GET", rule("own"), stable).body, `${source}; no id, name or type`).toEqual({
        properties: { status: "Active", ...shown },
      });
      const removed = call("DELETE", rule("own"), stable);
      expect([removed.status, removed.body], source).toEqual([202, undefined]);
      advance(low);
      const end = removed.headers["azure-asyncoperation"] ?? "";
      expect(send("GET", end).body["status"], source).toBe("InProgress");
      advance(high - low);
      expect(send("GET", end).body["status"], source).toBe("Succeeded");
      expect(call("GET", rule("own"), stable).status).toBe(404);
      expect(call("DELETE", rule("own"), stable).status, "the specification").toBe(204);
    },
  );

  test("a list has no names: those are keys in the network", () => {
    const { call, advance } = foundry(approved);
    call("PUT", rule("own"), { ...stable, body: { properties: fqdn } });
    advance(456);
    const { value } = call("GET", `${network}/outboundRules`, stable).body;
    expect(
      value?.map((it) => Object.keys(it)),
      "or 5",
    ).toEqual([["properties"], ["properties"]]);
    expect(
      value?.map((it) => it["properties"]?.["category"]),
      "or 5",
    ).toEqual(["UserDefined", "Required"]);
    const shown = call("GET", network, stable).body["properties"]?.["managedNetwork"];
    expect(shown?.["outboundRules"]?.["own" as never], "mn 12").toEqual({
      status: "Active",
      ...fqdn,
    });
  });

  test("an account with a sub-domain gets an endpoint to itself, an Approved connection", () => {
    const { call } = foundry(approved, { customSubDomainName: "acc" });
    const shown = call("GET", network, stable).body["properties"]?.["managedNetwork"];
    const name = Object.keys(shown?.["outboundRules"] ?? {}).find((it) =>
      it.startsWith("__SYS_PE"),
    );
    expect(name, "or 13").toMatch(/^__SYS_PE_acc_account_[0-9a-f]{8}$/);
    expect(call("GET", rule(name ?? ""), stable).body["properties"], "or 13").toEqual({
      status: "Active",
      category: "Required",
      type: "PrivateEndpoint",
      destination: { serviceResourceId: account, subresourceTarget: "account" },
    });
    const connections = call("GET", `${account}/privateEndpointConnections`).body["value"];
    expect(
      connections?.[0]?.["properties"]?.["privateLinkServiceConnectionState"],
      "quoted 2026-05",
    ).toMatchObject({ status: "Approved" });
  });

  test("the endpoint of a rule is a connection of its target as long as account and rule are there", () => {
    const { azure, call, advance } = foundry(approved);
    azure.load([{ id: storage, kind: "StorageV2", location: "eastus", properties: {} }]);
    const connected = () =>
      call("GET", `${storage}/privateEndpointConnections`, { version: "2025-06-01" }).body["value"]
        ?.length;
    const put = () => {
      call("PUT", rule("own"), { ...stable, body: { properties: endpoint } });
      advance(182);
    };
    put();
    expect(connected(), "quoted 2026-05").toBe(1);
    call("DELETE", rule("own"), stable);
    advance(182);
    expect(connected()).toBe(0);
    put();
    expect(connected()).toBe(1);
    call("DELETE", account);
    expect(connected(), "or 18").toBe(0);
  });
});

describe("outbound rules: refusals", () => {
  test("two at a time: 409, also for the network", () => {
    const { call, advance } = foundry(approved);
    const put = (name: string) => call("PUT", rule(name), { ...stable, body: { properties: tag } });
    put("one");
    const busy = put("two");
    expect([busy.status, text(busy)], "quoted 2026-10").toEqual([
      409,
      expect.stringContaining("ongoing operation"),
    ]);
    expect(call("DELETE", rule("one"), stable).status).toBe(409);
    expect(call("PATCH", network, { ...stable, body: approved }).status).toBe(409);
    advance(31);
    expect(put("two").status).toBe(202);
  });

  test("with the internet allowed only private endpoints", () => {
    const { call } = foundry(open);
    const refused = call("PUT", rule("own"), { ...stable, body: { properties: fqdn } });
    expect([refused.status, text(refused)], "quoted 2026").toEqual([
      400,
      expect.stringContaining('Only \\"PrivateEndpoint\\" outbound rules are supported'),
    ]);
    expect(call("PUT", rule("own"), { ...stable, body: { properties: endpoint } }).status).toBe(
      202,
    );
  });

  test("the service's own rules are left alone", () => {
    const { call } = foundry(approved);
    const own = rule("__SYS_ST_AzureActiveDirectory_TCP");
    expect(call("DELETE", own, stable).status, "arm 1.4; not recorded").toBe(400);
    expect(call("PUT", own, { ...stable, body: { properties: tag } }).status).toBe(400);
  });

  test.each([
    ["no type", { destination: "a.test" }],
    ["a destination of another type", { type: "ServiceTag", destination: "a.test" }],
  ])("%s: 400", (_name, properties) => {
    const { call } = foundry(approved);
    const answer = call("PUT", rule("own"), { ...stable, body: { properties }, isUnjudged: true });
    expect(answer.status, "the specification").toBe(400);
  });

  test("no network: 404 for each verb; a network that is off: 400", () => {
    const { call } = foundry();
    for (const method of ["GET", "PUT", "DELETE"]) {
      const sent = method === "PUT" ? { body: { properties: tag } } : {};
      expect(call(method, rule("own"), { ...stable, ...sent }).status, "not recorded").toBe(404);
    }
    expect(call("GET", `${network}/outboundRules`, stable).status).toBe(404);
    expect(localAzure().call("GET", rule("own"), stable).status).toBe(404);
    const off = foundry({ properties: { managedNetwork: { isolationMode: "Disabled" } } });
    const refused = off.call("PUT", rule("own"), { ...stable, body: { properties: tag } });
    expect(refused.status, "not recorded").toBe(400);
  });

  test("an account at work: 409", () => {
    const { call } = foundry(approved);
    call("PATCH", account, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    expect(
      call("PUT", rule("own"), { ...stable, body: { properties: tag } }).status,
      "quoted",
    ).toBe(409);
  });
});
