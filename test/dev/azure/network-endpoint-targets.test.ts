import { describe, expect, test } from "vitest";
import {
  account,
  endpoint,
  endpointBody,
  manual,
  network,
  vnet,
  withEndpoint,
  withTarget,
} from "./endpoint-estate.ts";
import { group, person, subscription, text } from "./local-azure.ts";

describe("private endpoints: what the target decides", () => {
  const shown = (local: ReturnType<typeof withTarget>) => {
    const properties = local.call("GET", endpoint).body["properties"];
    const [one] = [
      ...(properties?.["privateLinkServiceConnections"] ?? []),
      ...(properties?.["manualPrivateLinkServiceConnections"] ?? []),
    ];
    return {
      status: one?.["properties"]?.["privateLinkServiceConnectionState"]?.["status"],
      names: properties?.["customDnsConfigs"]?.length,
      etag: local.call("GET", endpoint).body["etag"],
    };
  };
  const say = (local: ReturnType<typeof withTarget>, status: string) => {
    const [it] =
      local.call("GET", account).body["properties"]?.["privateEndpointConnections"] ?? [];
    const properties = { privateLinkServiceConnectionState: { status } };
    // its answer has a description, which the judge does not know
    local.call("PUT", String(it?.["id"]), { body: { properties }, isUnjudged: true });
  };

  test("manual: Pending without names, though the interface is there", () => {
    const local = withTarget();
    const made = local.call("PUT", endpoint, { body: endpointBody(account, manual("please")) });
    expect(
      made.body["properties"]?.["manualPrivateLinkServiceConnections"]?.[0]?.["properties"],
      "1a: 28 of 28",
    ).toMatchObject({
      requestMessage: "please",
      provisioningState: "Succeeded",
      privateLinkServiceConnectionState: { status: "Pending", description: "Awaiting Approval" },
    });
    local.advance(60);
    expect(shown(local), "1a: [] 28 of 28").toMatchObject({ status: "Pending", names: 0 });
    const [nic] = local.call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
    expect(local.call("GET", String(nic?.["id"]), { version: "2025-05-01" }).status, "1a").toBe(
      200,
    );
  });

  test("approved, rejected, removed: seen at once, the etag moves", () => {
    const local = withEndpoint("OpenAI", manual());
    const etags = [shown(local).etag];
    for (const [status, names, source] of [
      ["Approved", 1, "1a: manual ones end Approved in manual[]"],
      ["Rejected", 0, "test_network_private_endpoints 37, 38"],
      ["Approved", 1, "pec 29 on"],
    ] as const) {
      say(local, status);
      expect(shown(local), source).toMatchObject({ status, names });
      etags.push(shown(local).etag);
    }
    const [it] =
      local.call("GET", account).body["properties"]?.["privateEndpointConnections"] ?? [];
    local.call("DELETE", String(it?.["id"]));
    expect(shown(local), "azure-docs manage-private-endpoint").toMatchObject({
      status: "Disconnected",
      names: 0,
    });
    etags.push(shown(local).etag);
    expect(new Set(etags).size, "1a: the endpoint's etag changes").toBe(etags.length);
    local.call("PUT", endpoint, { body: { ...endpointBody(account, manual()), tags: { a: "b" } } });
    local.advance(60);
    expect(shown(local).status, "a cut connection does not come back").toBe("Disconnected");
  });

  test("an alias, and a type that is not simulated, are taken as they are", () => {
    const { call, advance } = withTarget();
    const alias = "pls.d57b5457-0000-4000-8000-000000000000.westeurope.azure.privatelinkservice";
    const bus = `${group}/providers/Microsoft.ServiceBus/namespaces/bus`;
    for (const [target, names, source] of [
      [alias, [], "ASO Alias 25; 1a: [] for link services"],
      [bus, ["bus.servicebus.windows.net"], "azure-docs private-endpoint-dns"],
    ] as const) {
      const id = `${network}/privateEndpoints/${names.length}`;
      const made = call("PUT", id, { body: endpointBody(target, {}, ["namespace"]) });
      expect(made.status, source).toBe(201);
      advance(60);
      const dns = call("GET", id).body["properties"]?.["customDnsConfigs"];
      expect(
        dns?.map((it) => it["fqdn"]),
        source,
      ).toEqual(names);
    }
  });
});

describe("private endpoints: refusals", () => {
  const code = (answer: ReturnType<ReturnType<typeof withTarget>["call"]>) => [
    answer.status,
    answer.body["error"]?.["code"],
  ];

  test("a subnet or a target that is not there, a foreign group, an account that is busy", () => {
    const { call, advance } = withTarget();
    const put = (body: object) => code(call("PUT", endpoint, { body }));
    const nowhere = { subnet: { id: `${vnet}/subnets/absent` } };
    expect(put(endpointBody(account, nowhere)), "public text").toEqual([
      400,
      "InvalidResourceReference",
    ]);
    expect(put(endpointBody(`${account}x`)), "not recorded").toEqual([
      400,
      "InvalidResourceReference",
    ]);
    expect(put(endpointBody(account, {}, ["blob"]))[0], "not recorded").toBe(400);
    call("PATCH", account, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    expect(put(endpointBody()), "arm.md 1.1").toEqual([400, "AccountProvisioningStateInvalid"]);
    advance(60);
    call("PUT", `${vnet}/subnets/other`, {
      body: { properties: { addressPrefix: "10.1.3.0/24" } },
    });
    const unready = call("PUT", endpoint, {
      body: endpointBody(account, { subnet: { id: `${vnet}/subnets/other` } }),
    });
    expect(unready.body["error"]?.["details"]?.[0]?.["code"], "1d: 14 times").toBe(
      "ReferencedResourceNotProvisioned",
    );
    expect(unready.headers, "1d: no Retry-After").not.toHaveProperty("retry-after");
  });

  test("whoever may not join the subnet, or approve on the target, is refused by ARM", () => {
    const { azure, call } = withTarget();
    const someone = { ...person, objectId: "44444444-4444-4444-8444-444444444444" };
    azure.principals.register(someone);
    azure.grant(someone, ["Microsoft.Network/privateEndpoints/*"], subscription);
    const put = (body: object) => call("PUT", endpoint, { body, as: someone });
    expect(code(put(endpointBody())), "azure-docs rbac-permissions").toEqual([
      403,
      "LinkedAuthorizationFailed",
    ]);
    azure.grant(someone, ["Microsoft.Network/virtualNetworks/subnets/join/action"], vnet);
    expect(text(put(endpointBody())), "azure-docs rbac-permissions").toContain(
      "'Microsoft.CognitiveServices/accounts/PrivateEndpointConnectionsApproval/action'",
    );
    expect(put(endpointBody(account, manual())).status, "manual needs no approval").toBe(201);
  });
});

test.each([
  ["Microsoft.KeyVault/vaults", "vault", "", ["t.vault.azure.net"], "private_endpoint_keyvault 14"],
  [
    "Microsoft.Storage/storageAccounts",
    "blob",
    "Auto-Approved",
    ["t.blob.core.windows.net"],
    "asg 24",
  ],
  [
    "Microsoft.Storage/storageAccounts",
    "blob_secondary",
    "Auto-Approved",
    ["t-secondary.blob.core.windows.net"],
    "azure-docs private-endpoint-dns",
  ],
  [
    "Microsoft.Sql/servers",
    "sqlServer",
    "Auto-approved",
    ["t.database.windows.net"],
    "sql_server 26",
  ],
  [
    "Microsoft.DBforMariaDB/servers",
    "mariadbServer",
    "Auto-approved",
    ["t.mariadb.database.azure.com"],
    "1a",
  ],
  [
    "Microsoft.ContainerRegistry/registries",
    "registry",
    "Auto-Approved",
    ["t.westeurope.data.azurecr.io", "t.azurecr.io"],
    "1f: members; 1a: words of most",
  ],
  [
    "Microsoft.DocumentDB/databaseAccounts",
    "Sql",
    "",
    ["t.documents.azure.com", "t-westeurope.documents.azure.com"],
    "1a: several for Cosmos",
  ],
  [
    "Microsoft.AppConfiguration/configurationStores",
    "configurationStores",
    "Auto-Approved",
    ["t.azconfig.io"],
    "1a",
  ],
  ["Microsoft.Nothing/things", "thing", "Auto-Approved", [], "1a: words of most"],
])("%s, %s: the words %j and its public names", (type, groupId, description, names, source) => {
  const { azure, call, advance } = withTarget();
  const target = `${group}/providers/${type}/t`;
  azure.load([{ id: target, location: "westeurope" }]);
  const made = call("PUT", endpoint, { body: endpointBody(target, {}, [groupId]) });
  const words = (answer: typeof made) =>
    answer.body["properties"]?.["privateLinkServiceConnections"]?.[0]?.["properties"]?.[
      "privateLinkServiceConnectionState"
    ];
  expect(words(made)?.["description"], "1a: 53 of 53 answers to a PUT").toBe("Auto Approved");
  advance(60);
  const shown = call("GET", endpoint);
  expect(words(shown), source).toEqual({
    status: "Approved",
    description,
    actionsRequired: "None",
  });
  const dns = shown.body["properties"]?.["customDnsConfigs"];
  expect(
    dns?.map((it) => it["fqdn"]),
    source,
  ).toEqual(names);
});
