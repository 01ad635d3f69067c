import { describe, expect, test } from "vitest";
import { group } from "./local-azure.ts";
import { account, close, governed, open, ruleOf, type } from "./policies.ts";

describe("deployIfNotExists", () => {
  /** Microsoft's "disable local key access" puts the account whole (arm 3.4). */
  const deployment = {
    properties: {
      mode: "incremental",
      parameters: {
        name: { value: "[field('name')]" },
        location: { value: "[field('location')]" },
      },
      template: {
        parameters: {
          name: { type: "string" },
          location: { type: "string" },
          access: { type: "string", defaultValue: "Enabled" },
        },
        resources: [
          {
            type,
            apiVersion: "2025-06-01",
            name: "[parameters('name')]",
            location: "[parameters('location')]",
            kind: "OpenAI",
            sku: { name: "S0" },
            properties: {
              disableLocalAuth: true,
              publicNetworkAccess: "[parameters('access')]",
            },
          },
        ],
      },
    },
  };
  const details = {
    type,
    name: "[field('name')]",
    roleDefinitionIds: ["/x"],
    existenceCondition: { field: `${type}/disableLocalAuth`, equals: true },
    deployment,
  };
  const dine = (more: object) =>
    ruleOf({ field: "type", equals: type }, "deployIfNotExists", { ...details, ...more });

  function deploying(more: object = {}) {
    const local = governed(dine(more));
    local.define();
    const { body } = local.assign();
    local.advance(60); // until its principal is known
    const principalId = String(body["identity"]?.["principalId"]);
    const identity = local.azure.principals.find(principalId);
    if (!identity) throw new Error("No identity.");
    return { ...local, identity };
  }

  test("ten minutes later it puts the resource anew, behind our back, in its own name", () => {
    const { azure, make, call, advance, read, events, identity } = deploying();
    azure.grant(identity, "Contributor", group);
    make();
    call("PATCH", account, close);
    advance(500);
    expect(read()["properties"]?.["publicNetworkAccess"]).toBe("Disabled");
    events.splice(0);
    advance(200);
    expect(read()["properties"], "arm 3.4: it undoes what was closed").toMatchObject({
      publicNetworkAccess: "Enabled",
      disableLocalAuth: true,
    });
    expect(read()["systemData"]).toMatchObject({ lastModifiedBy: identity.appId });
    expect(events.map((it) => it.data["claims"])).toMatchObject([{ appid: identity.appId }]);
    events.splice(0);
    advance(7200);
    expect(events, "what is there is not deployed again").toEqual([]);
  });

  test("it has no rights but its own", () => {
    const { make, advance, read, events } = deploying();
    make();
    events.splice(0);
    advance(1200);
    expect(read()["properties"]).not.toHaveProperty("disableLocalAuth");
    expect(events).toEqual([]);
  });

  test.each([
    ["PT30M", 1700, 200],
    ["AfterProvisioning", 0, 120],
  ])("evaluationDelay %s", (evaluationDelay, before, after) => {
    const { azure, call, advance, read, identity } = deploying({ evaluationDelay });
    azure.grant(identity, "Contributor", group);
    const isThere = () => read()["properties"]?.["disableLocalAuth"] !== undefined;
    call("PUT", account, { body: open });
    advance(before);
    expect(isThere()).toBe(false);
    advance(after);
    expect(isThere(), "azure-docs effect-deploy-if-not-exists").toBe(true);
  });

  test("a child that exists is enough; one of another name is not", () => {
    const child = (name: string) => ({
      type: "Microsoft.CognitiveServices/accounts/projects",
      name,
      existenceCondition: { field: "name", like: "*" },
    });
    for (const [name, count] of [
      ["p", 0],
      ["q", 1],
    ] as const) {
      const { azure, make, advance, events, identity } = deploying(child(name));
      azure.grant(identity, "Contributor", group);
      azure.load([{ id: `${account}/projects/p`, location: "westeurope" }]);
      make();
      events.splice(0);
      advance(1000);
      expect(events, name).toHaveLength(count);
    }
  });
});
