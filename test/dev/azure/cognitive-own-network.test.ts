import { describe, expect, test } from "vitest";
import { account, foundry, network, rule } from "./cognitive-children.ts";
import { localAzure, text } from "./local-azure.ts";

const stable = { version: "2026-03-01" };
const approved = { properties: { managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" } } };
const injected = {
  networkInjections: [{ scenario: "agent", subnetArmId: "", useMicrosoftManagedNetwork: true }],
};
const target = `${account.slice(0, account.lastIndexOf("/providers/"))}/providers/Microsoft.Search/searchServices/find`;
const endpoint = (subresourceTarget = "searchService", serviceResourceId = target) => ({
  properties: {
    category: "UserDefined",
    type: "PrivateEndpoint",
    destination: { serviceResourceId, subresourceTarget },
  },
});

describe("an account that asks for Microsoft's network", () => {
  test("has one without a PUT, open to the internet", () => {
    const { call, advance } = localAzure();
    const body = {
      kind: "AIServices",
      location: "eastus",
      sku: { name: "S0" },
      properties: { allowProjectManagement: true, customSubDomainName: "acc", ...injected },
    };
    call("PUT", account, { body });
    advance(139);
    const { properties } = call("GET", network, stable).body;
    expect(properties, "accounts 22").toMatchObject({
      provisioningState: "Succeeded",
      managedNetwork: {
        isolationMode: "AllowInternetOutbound",
        managedNetworkKind: "V2",
        outboundRules: {},
        status: { status: "Active" },
      },
    });
    const made = call("PUT", rule("own"), { ...stable, body: endpoint() });
    expect(made.status, "accounts 22: a rule without a PUT of the network").toBe(202);
    advance(182);
    expect(call("PATCH", network, { ...stable, body: approved }).status, "accounts 22").toBe(202);
    advance(31);
    expect(
      call("GET", network, stable).body["properties"]?.["managedNetwork"],
      "accounts 22",
    ).toMatchObject({ isolationMode: "AllowOnlyApprovedOutbound" });
  });

  test("also one of a loaded estate, unless that brings its own", () => {
    const open = foundry(undefined, injected);
    expect(open.call("GET", network, stable).status, "accounts 22").toBe(200);
    const { azure, call } = foundry();
    azure.load([
      { id: network, properties: { ...approved.properties, provisioningState: "Succeeded" } },
      { id: account, kind: "AIServices", location: "eastus", properties: injected },
    ]);
    expect(call("GET", network, stable).body["properties"]?.["managedNetwork"]).toMatchObject(
      approved.properties.managedNetwork,
    );
  });
});

describe("outbound rules: two of a kind", () => {
  test("a second endpoint to the same destination: 400; to another: 202", () => {
    const { call, advance } = foundry(approved);
    const put = (name: string, body: object) => call("PUT", rule(name), { ...stable, body });
    put("one", endpoint());
    advance(182);
    const twin = put("two", endpoint("searchservice", target.toUpperCase()));
    expect([twin.status, text(twin)], "accounts 23").toEqual([
      400,
      expect.stringContaining("There is already an outbound rule to the same destination"),
    ]);
    expect(put("one", endpoint()).status, "the same rule again").toBe(202);
    advance(182);
    expect(put("two", endpoint("blob")).status).toBe(202);
  });

  test("the second FQDN finds a firewall: 3 min 33 s", () => {
    const { call, send, advance } = foundry(approved);
    const put = (name: string, destination: string) =>
      call("PUT", rule(name), { ...stable, body: { properties: { type: "FQDN", destination } } });
    put("one", "*.azure.com");
    advance(456);
    const second = put("two", "*.ai.azure.com").headers["azure-asyncoperation"] ?? "";
    advance(182);
    expect(send("GET", second).body["status"], "accounts 21").toBe("InProgress");
    advance(31);
    expect(send("GET", second).body["status"], "accounts 21").toBe("Succeeded");
  });
});

describe("managed networks: how long a creation takes", () => {
  test.each([
    ["without a sub-domain", {}, 243, 335, "4 min 33 s, 5 min 35 s"],
    ["with one, and so an endpoint", { customSubDomainName: "acc" }, 425, 456, "7 min 36 s"],
  ])("%s", (_name, properties, least, most, source) => {
    const { call, send, advance } = foundry(undefined, properties);
    const made = call("PUT", network, { ...stable, body: approved });
    const address = made.headers["azure-asyncoperation"] ?? "";
    advance(least);
    expect(send("GET", address).body["status"], `accounts 21: ${source}`).toBe("InProgress");
    advance(most - least);
    expect(send("GET", address).body["status"], `accounts 21: ${source}`).toBe("Succeeded");
  });

  test("the api-versions that have them", () => {
    const { call } = foundry(approved);
    const at = (version: string) => call("GET", network, { version, isUnjudged: true }).status;
    expect(at("2025-10-01-preview"), "accounts 20").toBe(200);
    expect(at("2026-05-15-preview"), "accounts 20").toBe(200);
    expect(at("2025-09-01"), "accounts 20").toBe(400);
  });
});
