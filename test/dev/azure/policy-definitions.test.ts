import { describe, expect, test } from "vitest";
import { app, group, person, subscription, text } from "./local-azure.ts";
import { account, definition, deny, governed, isOpen, open, policy, ruleOf } from "./policies.ts";

describe("definitions and assignments", () => {
  test("GET, lists and DELETE", () => {
    const { define, assign, assignment, call } = governed(deny);
    define();
    assign();
    const names = (id: string, query = "") =>
      (call("GET", id, { version: `2023-04-01${query}` }).body["value"] ?? []).map((it) =>
        String(it["name"]),
      );
    expect(names(definition.replace(/\/rule$/, ""))).toEqual(["rule"]);
    expect(call("GET", definition, policy).body, "specification").toMatchObject({
      id: definition,
      type: "Microsoft.Authorization/policyDefinitions",
      properties: { policyType: "Custom", mode: "Indexed", ...deny },
    });
    const assignments = assignment.replace(/\/a$/, "");
    expect(names(assignments)).toEqual(["a"]);
    expect(names(assignments.replace(group, subscription)), "azure-docs: below too").toEqual(["a"]);
    expect(names(assignments.replace(group, subscription), "&$filter=atScope()")).toEqual([]);
    const { body } = call("GET", assignment, policy);
    expect(body["properties"], "recorded: Default").toMatchObject({
      enforcementMode: "Default",
      scope: group,
      metadata: { createdBy: person.objectId, updatedOn: null },
    });
    const gone = call("DELETE", assignment, policy);
    expect([gone.status, gone.body["id"]], "manners 1.2: 200 with the deleted").toEqual([
      200,
      assignment,
    ]);
    expect(call("DELETE", assignment, policy).status, "manners 1.2: absent 204").toBe(204);
    expect(text(call("GET", assignment, policy))).toContain("PolicyAssignmentNotFound");
    expect(call("DELETE", definition, policy).status).toBe(200);
    expect(call("DELETE", definition, policy).status).toBe(204);
    expect(text(call("GET", definition, policy)), "public text").toContain(
      "The policy definition 'rule' could not be found.",
    );
  });

  test("an assignment needs its definition, and an identity for what it will change", () => {
    const { define, assign } = governed(ruleOf(isOpen, "modify", { operations: [] }));
    expect(text(assign()), "ISS Enterprise-Scale 804").toContain("PolicyDefinitionNotFound");
    define();
    const bare = assign({}, {});
    expect([bare.status, text(bare)], "ISS azure-powershell 11996").toEqual([
      400,
      expect.stringContaining("when assigning 'Modify' policy definitions."),
    ]);
    expect(assign().status).toBe(201);
  });

  test("both take a role: Contributor is not enough", () => {
    const { azure, call } = governed(deny);
    azure.grant(app, "Contributor", subscription);
    const ask = { ...policy, as: app, body: { properties: { ...deny, mode: "All" } } };
    expect(call("PUT", definition, ask).status, "azure-docs built-in-roles").toBe(403);
  });

  test.each([
    [ruleOf({ value: "1", equals: "1" }, "deny"), '{"value"'],
    [ruleOf({ count: { field: "tags" }, equals: 1 }, "deny"), "count"],
    [ruleOf({ field: "x[*].y", equals: 1 }, "deny"), "x[*].y"],
    [ruleOf({ field: "name", equals: "[utcNow()]" }, "deny"), "[utcNow()]"],
    [ruleOf({ field: "name", equals: "[concat('a']" }, "deny"), "[concat('a']"],
    [ruleOf({ field: "name" }, "deny"), '{"field":"name"}'],
    [ruleOf(isOpen, "append"), "the effect append"],
    [ruleOf(isOpen, "deployIfNotExists", { existenceScope: "subscription" }), "existenceScope"],
  ])("what is not simulated is refused: %j", (rule, odd) => {
    const answer = governed(rule).define();
    expect([answer.status, answer.headers["x-not-simulated"]]).toEqual([400, "policy"]);
    expect(answer.body["error"]?.["message"]).toContain(odd);
  });

  test("they are loaded as data, with their identities; one that is not simulated is an error", () => {
    const { azure, call, assignment } = governed(deny);
    const builtIn = "/providers/Microsoft.Authorization/policyDefinitions/037eea7a";
    azure.load([
      { id: builtIn, properties: { ...deny, policyType: "BuiltIn", mode: "Indexed" } },
      { id: assignment, properties: { policyDefinitionId: builtIn } },
    ]);
    expect(call("PUT", account, { body: open }).status).toBe(403);
    const odd = { id: definition, properties: ruleOf(isOpen, "append") };
    expect(() => azure.load([odd])).toThrow("is not simulated");
  });
});
