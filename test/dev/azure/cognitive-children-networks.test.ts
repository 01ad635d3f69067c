import { describe, expect, test } from "vitest";
import { account, foundry, network, rule, tag } from "./cognitive-children.ts";
import { localAzure, text } from "./local-azure.ts";

const approved = { properties: { managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" } } };
const open = { properties: { managedNetwork: { isolationMode: "AllowInternetOutbound" } } };
const stable = { version: "2026-03-01" };
/** Recorded; no judge has its specification. */
const preview = { version: "2026-01-15-preview", isUnjudged: true } as const;
const aad = {
  status: "Active",
  category: "Required",
  type: "ServiceTag",
  destination: {
    serviceTag: "AzureActiveDirectory",
    protocol: "TCP",
    portRanges: "80, 443",
    action: "Allow",
    addressPrefixes: [],
  },
};

describe("managed networks: how writes go on", () => {
  test("PUT: 202, empty, both headers; polls name another provider; no id, name or type", () => {
    const { call, send, advance } = foundry();
    const made = call("PUT", network, { ...stable, body: open });
    expect([made.status, made.body], "mn 5").toEqual([202, undefined]);
    expect(made.headers["x-ms-async-operation-timeout"], "mn 5").toBe("PT50M");
    expect(made.headers["location"], "mn 5: its own address").toMatch(
      /\/managedNetworks\/default\?api-version=2026-03-01$/,
    );
    expect(made.headers, "mn 5").not.toHaveProperty("retry-after");
    const address = made.headers["azure-asyncoperation"] ?? "";
    const found = address.match(
      /\/providers\/Microsoft\.MachineLearningServices\/locations\/eastus\/mfeOperationsStatus\/mnet:([-0-9a-f]{36}):(.*)\?api-version=2026-03-01$/,
    );
    const [, networkId = "", id = ""] = found ?? [];
    expect(id, "mn 5").toMatch(new RegExp(`^${networkId}-[0-9a-f]{8}_[-0-9a-f]{36}$`));
    advance(240);
    expect(send("GET", address).body, "mn 6").toEqual({ id, status: "InProgress" });
    expect(send("GET", address).headers, "mn 6").not.toHaveProperty("retry-after");
    expect(
      call("GET", network, stable).body["properties"]?.["provisioningState"],
      "the specification",
    ).toBe("Updating");
    advance(33);
    expect(send("GET", address).body, "mn 7: 4 min 33 s").toEqual({ id, status: "Succeeded" });
    const internalId = call("GET", account).body["properties"]?.["internalId"];
    expect(networkId.replaceAll("-", ""), "mn 1, 8").toBe(internalId);
    expect(call("GET", network, preview).body, "mn 8").toEqual({
      properties: {
        provisioningState: "Succeeded",
        managedNetwork: {
          isolationMode: "AllowInternetOutbound",
          networkId,
          outboundRules: {},
          status: { status: "Active" },
          firewallSku: "Standard",
          enableNetworkMonitor: false,
          enableFirewallLog: false,
          provisionNetworkNow: true,
          managedNetworkKind: "V2",
          provisioningState: "Succeeded",
          changeableIsolationModes: [],
        },
      },
    });
  });

  test("PATCH tightens, whatever changeableIsolationModes says; a rule comes by itself", () => {
    const { call, advance } = foundry(open);
    const patched = call("PATCH", network, {
      ...stable,
      body: {
        properties: {
          managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound", firewallSku: "Standard" },
        },
      },
    });
    expect([patched.status, patched.body], "mn 9").toEqual([202, undefined]);
    expect(patched.headers, "mn 9").toHaveProperty("azure-asyncoperation");
    expect(patched.headers, "mn 9").toHaveProperty("location");
    advance(32);
    const { properties } = call("GET", network, stable).body;
    expect(properties, "mn 12: 32 s").toMatchObject({ provisioningState: "Succeeded" });
    expect(properties?.["managedNetwork"], "mn 12").toMatchObject({
      isolationMode: "AllowOnlyApprovedOutbound",
      outboundRules: { __SYS_ST_AzureActiveDirectory_TCP: aad },
      changeableIsolationModes: [],
    });
    expect(properties?.["managedNetwork"], "no stable specification has it").not.toHaveProperty(
      "provisionNetworkNow",
    );
  });

  test("PUT again keeps the network's id and its rules; LIST shows one", () => {
    const { call, advance } = foundry(approved);
    const before = call("GET", network, stable).body;
    expect(call("PUT", network, { ...stable, body: approved }).status, "mn 5").toBe(202);
    advance(32);
    expect(call("GET", network, stable).body, "not recorded").toEqual(before);
    expect(call("GET", `${account}/managedNetworks`, stable).body, "as GET").toEqual({
      value: [before],
    });
  });

  test("rules in the body of a network come with it", () => {
    const { call, advance } = foundry();
    const body = {
      properties: {
        managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound", outboundRules: { own: tag } },
      },
    };
    call("PUT", network, { ...stable, body });
    advance(335);
    expect(call("GET", rule("own"), stable).body["properties"], "or 12").toMatchObject({
      status: "Active",
      type: "ServiceTag",
    });
    const shown = call("GET", network, stable).body["properties"]?.["managedNetwork"];
    expect(Object.keys(shown?.["outboundRules"] ?? {}).sort(), "mn 12").toEqual([
      "__SYS_ST_AzureActiveDirectory_TCP",
      "own",
    ]);
  });

  test("provision: 202, 30 s, nothing changes", () => {
    const { call, send, advance } = foundry(approved);
    const before = call("GET", network, stable).body;
    const answer = call("POST", `${network}/provision`, { ...stable, body: {} });
    expect([answer.status, answer.body], "mnp 5").toEqual([202, undefined]);
    expect(answer.headers["location"], "mnp 5: the network").toMatch(/managedNetworks\/default\?/);
    const address = answer.headers["azure-asyncoperation"] ?? "";
    expect(send("GET", address).body["status"], "mnp 6").toBe("InProgress");
    advance(30);
    expect(send("GET", address).body["status"], "mnp 7").toBe("Succeeded");
    expect(call("GET", network, stable).body, "mnp 8").toEqual(before);
  });

  test("DELETE: 202; an account goes with its network at once", () => {
    const { call, advance } = foundry(approved);
    expect(call("DELETE", network, stable).status, "the specification").toBe(202);
    advance(32);
    expect(call("GET", network, stable).status).toBe(404);
    expect(call("DELETE", network, stable).status, "the specification").toBe(204);
    call("PUT", network, { ...stable, body: approved });
    advance(335);
    expect(call("DELETE", account).status, "mn 13").toBe(200);
    expect(call("GET", network, stable).status).toBe(404);
  });
});

describe("managed networks: refusals", () => {
  test.each(["PUT", "PATCH", "DELETE", "POST"])("%s while another write runs: 409", (method) => {
    const { call } = foundry(open);
    call("PATCH", network, { ...stable, body: approved });
    const path = method === "POST" ? `${network}/provision` : network;
    const sent = method === "DELETE" ? {} : { body: method === "POST" ? {} : approved };
    const busy = call(method, path, { ...stable, ...sent });
    expect([busy.status, text(busy)], "quoted 2026-10").toEqual([
      409,
      expect.stringContaining("has an ongoing operation running"),
    ]);
  });

  test.each([
    ["looser", open],
    ["off", { properties: { managedNetwork: { isolationMode: "Disabled" } } }],
    ["an older kind", { properties: { managedNetwork: { managedNetworkKind: "V1" } } }],
  ])("%s: 400, and nothing changed", (_name, body) => {
    const { call } = foundry(approved);
    const before = call("GET", network, stable).body;
    expect(call("PATCH", network, { ...stable, body }).status, "docs; not recorded").toBe(400);
    expect(call("GET", network, stable).body).toEqual(before);
  });

  test("an unknown mode or name: 400", () => {
    const { call } = foundry();
    const body = { properties: { managedNetwork: { isolationMode: "Sealed" } } };
    expect(call("PUT", network, { ...stable, body, isUnjudged: true }).status).toBe(400);
    const other = `${account}/managedNetworks/other`;
    expect(call("PUT", other, { ...stable, body: open, isUnjudged: true }).status).toBe(400);
  });

  test("before the first PUT, and without an account: 404", () => {
    const { call } = foundry();
    expect(call("GET", network, stable).status, "not recorded").toBe(404);
    expect(call("PATCH", network, { ...stable, body: open }).status, "not recorded").toBe(404);
    const provision = `${network}/provision`;
    expect(call("POST", provision, { ...stable, body: {} }).status, "not recorded").toBe(404);
    const bare = localAzure();
    for (const [method, path] of [
      ["GET", network],
      ["GET", `${account}/managedNetworks`],
      ["DELETE", network],
    ] as const)
      expect(bare.call(method, path, stable).status, path).toBe(404);
    expect(bare.call("PUT", network, { ...stable, body: open }).status).toBe(404);
  });

  test("an account at work: 409", () => {
    const { call } = foundry();
    call("PATCH", account, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    const busy = call("PUT", network, { ...stable, body: open });
    expect([busy.status, busy.body["error"]?.["code"]], "quoted").toEqual([409, "RequestConflict"]);
  });
});
