import { describe, expect, test } from "vitest";
import { subscription } from "./local-azure.ts";
import {
  account,
  definition,
  deny,
  governed,
  isOpen,
  open,
  policy,
  ruleOf,
  type,
} from "./policies.ts";

describe("modify", () => {
  const modify = (operations: object[], condition: object = isOpen) =>
    ruleOf(condition, "modify", {
      roleDefinitionIds: ["/x"],
      conflictEffect: "audit",
      operations,
    });
  const closing = {
    condition: "[greaterOrEquals(requestContext().apiVersion, '2021-04-30')]",
    operation: "addOrReplace",
    field: `${type}/publicNetworkAccess`,
    value: "Disabled",
  };

  test("a request is rewritten before the provider sees it: a PUT", () => {
    const { define, assign, make, read } = governed(modify([closing]));
    define();
    assign();
    const made = make({ publicNetworkAccess: "Enabled" });
    expect(made.body["properties"]?.["publicNetworkAccess"], "azure-docs effect-modify").toBe(
      "Disabled",
    );
    expect(read()["properties"]?.["publicNetworkAccess"]).toBe("Disabled");
  });

  test("and a PATCH, whatever it was about", () => {
    const { define, assign, make, call, advance, read } = governed(modify([closing]));
    make();
    define();
    assign();
    call("PATCH", account, { body: { tags: { a: "1" } } });
    advance(60);
    expect(read(), "arm 8: answered as done, with another result").toMatchObject({
      properties: { publicNetworkAccess: "Disabled" },
      tags: { a: "1" },
    });
  });

  test("tags are completed, not replaced; add leaves what is there; remove takes away", () => {
    const operations = [
      { operation: "add", field: "tags['owner']", value: "nobody" },
      { operation: "add", field: "tags['env']", value: "prod" },
      { operation: "remove", field: "tags['temp']" },
    ];
    const { define, assign, call, advance, read } = governed(
      modify(operations, { field: "type", equals: type }),
    );
    define();
    assign();
    call("PUT", account, { body: { ...open, tags: { owner: "me", temp: "1" } } });
    advance(60);
    expect(read()["tags"]).toEqual({ owner: "me", env: "prod" });
    call("PATCH", account, { body: { tags: { temp: "2" } } });
    expect(read()["tags"], "general 27: the map that is sent is the whole").toEqual({
      owner: "nobody",
      env: "prod",
    });
  });

  test("an older api-version is left alone by an operation with a condition", () => {
    const { define, assign, call, advance, read } = governed(modify([closing]));
    define();
    assign();
    call("PUT", account, { version: "2017-04-18", body: open, isUnjudged: true });
    advance(60);
    expect(read()["properties"]?.["publicNetworkAccess"]).not.toBe("Disabled");
  });

  test("deny judges what modify has made of it", () => {
    const { define, assign, make, call } = governed(modify([closing]));
    define();
    assign();
    const other = `${definition}2`;
    call("PUT", other, { ...policy, body: { properties: { ...deny, mode: "All" } } });
    call("PUT", `${subscription}/providers/Microsoft.Authorization/policyAssignments/b`, {
      ...policy,
      body: { properties: { policyDefinitionId: other } },
    });
    expect(make().status, "azure-docs: order of evaluation").toBe(201);
  });
});
