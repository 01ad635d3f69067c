import { describe, expect, test } from "vitest";
import { group, subscription, text } from "./local-azure.ts";
import {
  account,
  close,
  definition,
  deny,
  governed,
  isOpen,
  open,
  ruleOf,
  type,
} from "./policies.ts";

describe("deny", () => {
  test("403 in the public words, with what was held against the rule", () => {
    const { define, assign, make, assignment } = governed(deny);
    expect([define().status, assign().status], "manners 1.2: 201").toEqual([201, 201]);
    const refused = make({ publicNetworkAccess: "Enabled" });
    expect([refused.status, refused.headers["x-ms-failure-cause"]]).toEqual([403, "gateway"]);
    const { error } = refused.body as never as { error: Record<string, unknown> };
    expect(error, "manners 1.9: public").toEqual({
      code: "RequestDisallowedByPolicy",
      target: "acc",
      message: `Resource 'acc' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"a","id":"${assignment}"},"policyDefinition":{"name":"The rule","id":"${definition}","version":"1.0.0"}}]'.`,
      additionalInfo: [
        {
          type: "PolicyViolation",
          info: {
            evaluationDetails: {
              evaluatedExpressions: [
                {
                  result: "True",
                  expressionKind: "Field",
                  expression: "type",
                  path: "type",
                  expressionValue: type,
                  targetValue: type,
                  operator: "Equals",
                },
                {
                  result: "True",
                  expressionKind: "Field",
                  expression: `${type}/publicNetworkAccess`,
                  path: "properties.publicNetworkAccess",
                  expressionValue: "Enabled",
                  targetValue: "Disabled",
                  operator: "NotEquals",
                },
              ],
            },
            policyDefinitionId: definition,
            policyDefinitionName: "rule",
            policyDefinitionDisplayName: "The rule",
            policyDefinitionVersion: "1.0.0",
            policyDefinitionEffect: "deny",
            policyAssignmentId: assignment,
            policyAssignmentName: "a",
            policyAssignmentDisplayName: "a",
            policyAssignmentScope: group,
            policyAssignmentParameters: {},
            policyExemptionIds: [],
            policyEnrollmentIds: [],
          },
        },
      ],
    });
    expect(
      make({ publicNetworkAccess: "disabled" }, { isUnjudged: true }).status,
      "azure-docs: without case",
    ).toBe(201);
  });

  test("a PATCH is judged by what it would leave, not by what it says", () => {
    const { define, assign, make, call, read, advance } = governed(deny);
    make();
    define();
    assign();
    const tags = { body: { tags: { a: "1" } } };
    expect(text(call("PATCH", account, tags)), "arm 8: by an unrelated rule").toContain(
      "RequestDisallowedByPolicy",
    );
    expect(call("PATCH", account, close).status).toBe(202);
    advance(60);
    expect(call("PATCH", account, tags).status).toBe(200);
    expect(read()["tags"]).toEqual({ a: "1" });
    expect(call("DELETE", account).status, "writes only").toBe(200);
  });

  test.each([
    ["another group", {}, `${subscription}/resourceGroups/other`],
    ["notScopes", { notScopes: [account] }, group],
    ["DoNotEnforce", { enforcementMode: "DoNotEnforce" }, group],
  ])("no refusal: %s", (_name, assigned, home) => {
    const { define, assign, call, azure } = governed(deny, assigned);
    azure.load([{ id: home, location: "westeurope" }]);
    define();
    assign();
    expect(call("PUT", account.replace(group, home), { body: open }).status).toBe(201);
  });

  test("an exemption lifts it until it is over", () => {
    const { define, assign, make, azure, assignment, advance, call } = governed(deny);
    define();
    assign();
    azure.load([
      {
        id: `${group}/providers/Microsoft.Authorization/policyExemptions/e`,
        properties: {
          policyAssignmentId: assignment,
          exemptionCategory: "Waiver",
          expiresOn: "2026-11-24T09:00:00Z",
        },
      },
    ]);
    expect(make().status, "azure-docs exemption structure").toBe(201);
    advance(3600);
    expect(call("PUT", account, { body: open }).status).toBe(403);
  });

  test("parameters have defaults, and an assignment's own values", () => {
    const rule = {
      parameters: { effect: { type: "String", defaultValue: "Disabled" } },
      ...ruleOf(isOpen, "[parameters('effect')]"),
    };
    const { define, assign, make } = governed(rule);
    define();
    assign();
    expect(make().status, "its default: Disabled").toBe(201);
    assign({ parameters: { effect: { value: "Deny" } } });
    expect(make().status, "manners 1.2: assigned anew with another value").toBe(403);
  });

  test("mode Indexed looks past what has no location", () => {
    const rule = ruleOf({ field: "name", equals: "l" }, "deny");
    const { define, assign, call } = governed(rule);
    const lock = () =>
      call("PUT", `${group}/providers/Microsoft.Authorization/locks/l`, {
        version: "2016-09-01",
        body: { properties: { level: "CanNotDelete" } },
      }).status;
    define();
    assign();
    expect(lock(), "azure-docs: mode").toBe(201);
    define({ ...rule, mode: "All" });
    expect(lock()).toBe(403);
  });
});
