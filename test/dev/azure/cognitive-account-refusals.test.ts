import { describe, expect, test } from "vitest";
import { account, accounts, body, withAccount } from "./cognitive-made.ts";
import { group, localAzure, text } from "./local-azure.ts";

describe("accounts: while one is written", () => {
  const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };

  test("another write: 409 without Retry-After, also DELETE", () => {
    const { call } = withAccount("AIServices");
    call("PATCH", account, close);
    const busy = call("PATCH", account, close);
    expect([busy.status, text(busy)], "quoted").toEqual([
      409,
      expect.stringContaining("provisioning state is not terminal"),
    ]);
    expect(busy.headers, "manners 1.3: 0 of 51").not.toHaveProperty("retry-after");
    expect(call("DELETE", account).status, "quoted").toBe(409);
  });

  test("a child's write: 409 by the seed, mostly", () => {
    const model = { format: "OpenAI", name: "gpt-4o", version: "2024-11-20" };
    const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);
    const answers = seeds.map((seed) => {
      const { call } = withAccount("AIServices", undefined, { seed });
      call("PATCH", account, close);
      return call("PUT", `${account}/deployments/d`, { body: { properties: { model } } });
    });
    const refused = answers.filter((it) => it.status === 409);
    expect(text(refused[0] ?? {}), "quoted").toContain(
      "Another operation is being performed on the parent resource",
    );
    expect(refused.length, "quoted: possible, not certain").toBeGreaterThan(20);
    expect(refused.length, "quoted: possible, not certain").toBeLessThan(40);
  });

  test("itself while its managed network is written: 409 by the seed, mostly", () => {
    const managedNetwork = { isolationMode: "AllowInternetOutbound" };
    const network = { version: "2026-03-01", body: { properties: { managedNetwork } } };
    const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);
    const all = seeds.map((seed) => {
      const { call, advance } = withAccount("AIServices", undefined, { seed });
      const made = call("PUT", `${account}/managedNetworks/default`, network);
      expect(made.status).toBe(202);
      const busy = call("PATCH", account, close);
      advance(3600);
      return { busy, after: call("PATCH", account, close) };
    });
    const refused = all.filter((it) => it.busy.status === 409);
    expect(text(refused[0]?.busy ?? {}), "quoted").toContain(
      "Another operation is being performed",
    );
    expect(refused.length, "quoted: possible, not certain").toBeGreaterThan(20);
    expect(refused.length, "quoted: possible, not certain").toBeLessThan(40);
    expect(all.map((it) => it.after.status)).not.toContain(409);
  });

  test("children do not hinder each other, nor tags anybody", () => {
    const { call } = withAccount("AIServices", { allowProjectManagement: true });
    const model = { format: "OpenAI", name: "gpt-4o", version: "2024-11-20" };
    const sent = { location: "eastus", properties: {} };
    const deployment = call("PUT", `${account}/deployments/d`, { body: { properties: { model } } });
    const project = call("PUT", `${account}/projects/p`, { body: sent });
    expect([deployment.status, project.status], "aso1 14, 16; aso2 11, 13").toEqual([201, 201]);
    const tags = { body: { tags: { a: "1" } } };
    expect(
      [call("PATCH", account, tags), call("PATCH", account, tags)].map((it) => it.status),
    ).toEqual([200, 200]);
  });

  test.each([
    [
      { customSubDomainName: "acc" },
      true,
      /AccountProvisioningStateInvalid.*in state Accepted/,
      "quoted",
    ],
    [{}, false, /custom subdomain/, "azure-docs: endpoints need a sub-domain"],
  ])(
    "a private endpoint on one with %j: 400 by Microsoft.Network",
    (properties, isBusy, words, source) => {
      const { call, advance } = withAccount("OpenAI", properties);
      const network = `${group}/providers/Microsoft.Network`;
      const version = "2024-05-01";
      const vnet = {
        location: "westeurope",
        properties: {
          addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
          subnets: [{ name: "s", properties: { addressPrefix: "10.0.0.0/24" } }],
        },
      };
      call("PUT", `${network}/virtualNetworks/v`, { version, body: vnet });
      advance(60);
      if (isBusy) call("PATCH", account, close);
      const refused = call("PUT", `${network}/privateEndpoints/pe`, {
        version,
        body: {
          location: "westeurope",
          properties: {
            subnet: { id: `${network}/virtualNetworks/v/subnets/s` },
            privateLinkServiceConnections: [
              { name: "c", properties: { privateLinkServiceId: account, groupIds: ["account"] } },
            ],
          },
        },
      });
      expect([refused.status, text(refused)], source).toEqual([400, expect.stringMatching(words)]);
    },
  );
});

describe("accounts: refusals", () => {
  test.each([
    [
      "SpeechServices",
      { networkAcls: { bypass: "AzureServices" } },
      "NetworkAclsBypassNotSupported",
    ],
    ["OpenAI", { customSubDomainName: "other" }, "cannot be changed"],
    ["OpenAI", { networkAcls: { ipRules: [{ value: "1.2.3.4/32" }] } }, "1.2.3.4/32"],
  ])("%s with %j: 400 %s", (kind, properties, words) => {
    const { call } = withAccount(kind);
    const refused = call("PATCH", account, { body: { properties } });
    expect(
      [refused.status, text(refused)],
      "quoted, or not recorded: see cognitive-refusals.ts",
    ).toEqual([400, expect.stringContaining(words)]);
  });

  test("network rules need a sub-domain", () => {
    const { call } = withAccount("OpenAI", {});
    const patch = { body: { properties: { networkAcls: { defaultAction: "Deny" } } } };
    expect(call("PATCH", account, patch).status, "arm.md 1.1: RequiredWith").toBe(400);
  });

  const taken = { customSubDomainName: "acc" };

  test("a sub-domain that another has, or had within 48 hours: 409", () => {
    const { call } = withAccount();
    const other = () => call("PUT", `${accounts}/other`, { body: body("OpenAI", taken) });
    const refused = other();
    expect([refused.status, text(refused)], "azuresandbox 164").toEqual([
      409,
      expect.stringContaining("CustomDomainInUse"),
    ]);
    call("DELETE", account);
    expect(other().status, "azuresandbox 164: deleted in the last 48 hours").toBe(409);
  });

  test("a sub-domain can be set once", () => {
    const { call, advance } = withAccount("OpenAI", {});
    const patch = (name: string) => {
      const answer = call("PATCH", account, {
        body: { properties: { customSubDomainName: name } },
      });
      advance(1);
      return answer.status;
    };
    expect([patch("one"), patch("two"), patch("ONE")], "cdom 10; arm 1.1").toEqual([202, 400, 202]);
  });

  test("an account with projects is not deleted, one with deployments is", () => {
    const { call } = withAccount("AIServices", { allowProjectManagement: true });
    const model = { format: "OpenAI", name: "gpt-4o", version: "2024-11-20" };
    call("PUT", `${account}/deployments/d`, { body: { properties: { model } } });
    call("PUT", `${account}/projects/p`, { body: { location: "eastus", properties: {} } });
    const refused = call("DELETE", account);
    expect([refused.status, text(refused)], "terraform-provider-azapi 894").toEqual([
      409,
      expect.stringContaining("'Microsoft.CognitiveServices/accounts/acc/projects/p'"),
    ]);
    expect(refused.headers["x-ms-failure-cause"], "private DNS: ARM's own").toBe("gateway");
    call("DELETE", `${account}/projects/p`);
    expect(call("DELETE", account).status, "aso1 29").toBe(200);
  });

  test("a kind changes between OpenAI and AIServices only, and needs to be said", () => {
    const { call, advance } = withAccount();
    const kind = (it: string) => {
      const { status } = call("PATCH", account, { body: { kind: it } });
      advance(60);
      return status;
    };
    expect([kind("AIServices"), kind("OpenAI"), kind("Face")], "terraform azurerm").toEqual([
      202, 202, 400,
    ]);
    const { call: fresh } = localAzure();
    const without = { location: "westeurope", sku: { name: "S0" }, properties: {} };
    expect(fresh("PUT", account, { body: without }).status, "not recorded").toBe(400);
  });

  test("an access that is none, and a name that is none", () => {
    const { call } = withAccount();
    const odd = { properties: { publicNetworkAccess: "Off" } };
    expect(call("PATCH", account, { body: odd, isUnjudged: true }).status, "specification").toBe(
      400,
    );
    const wrong = { body: body("OpenAI", {}), isUnjudged: true as const };
    expect(call("PUT", `${accounts}/-a`, wrong).status, "arm 1.1").toBe(400);
  });

  test("what is not there: 404 by ARM", () => {
    const { call } = localAzure();
    const { status, headers, body: it } = call("GET", account);
    expect([status, it["error"]?.["code"]], "aso1 30").toEqual([404, "ResourceNotFound"]);
    expect(headers["x-ms-failure-cause"], "aso1 30").toBe("gateway");
    expect(call("PATCH", account, { body: { tags: {} } }).status).toBe(404);
  });

  test("a group that is not there: 404 by ARM; a list of one that is", () => {
    const { call } = withAccount();
    const there = accounts.replace("/rg/", "/other/");
    const answers = [
      call("GET", there),
      call("PUT", `${there}/acc`, { body: body("OpenAI") }),
      call("DELETE", `${there}/acc`),
    ];
    for (const { status, body: it } of answers)
      expect([status, it["error"]?.["code"]], "1g (b)").toEqual([404, "ResourceGroupNotFound"]);
    expect(call("GET", accounts).body["value"], "c7n 1").toHaveLength(1);
    const everywhere = accounts.replace("/resourceGroups/rg", "");
    expect(call("GET", everywhere).body["value"], "c7n 1").toHaveLength(1);
  });
});
