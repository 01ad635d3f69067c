import { describe, expect, test } from "vitest";
import { governed, ruleOf, type } from "./policies.ts";

describe("conditions", () => {
  const sku = `${type}/sku.name`;
  test.each([
    [{ field: "kind", equals: "openai" }, true],
    [{ field: "kind", in: ["x", "OpenAI"] }, true],
    [{ field: "kind", notIn: ["x"] }, true],
    [{ field: "kind", like: "Open*" }, true],
    [{ field: "kind", notLike: "*AI" }, false],
    [{ field: "kind", like: "Open" }, false],
    [{ field: sku, equals: "S0" }, true],
    [{ field: "location", contains: "west" }, true],
    [{ field: "tags['a']", exists: "false" }, true],
    [{ field: "tags.a", exists: true }, false],
    [{ field: `${type}/customSubDomainName`, exists: false }, true],
    [{ field: `${type}/customSubDomainName`, equals: "x" }, false],
    [{ field: `${type}/customSubDomainName`, notEquals: "x" }, true],
    [{ not: { field: "kind", equals: "OpenAI" } }, false],
    [
      {
        anyOf: [
          { field: "kind", equals: "x" },
          { field: "name", equals: "acc" },
        ],
      },
      true,
    ],
    [
      {
        allOf: [
          { field: "kind", equals: "x" },
          { field: "name", equals: "acc" },
        ],
      },
      false,
    ],
    [{ field: "name", equals: "[concat('a', 'cc')]" }, true],
    [{ field: "Microsoft.Search/searchServices/sku.name", equals: "S0" }, false],
  ])("%j: %s", (condition, isDenied) => {
    const { define, assign, make } = governed(ruleOf(condition, "deny"));
    expect(define().status).toBe(201);
    assign();
    expect(make().status, "azure-docs policy rule structure").toBe(isDenied ? 403 : 201);
  });
});
