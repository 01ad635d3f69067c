import { describe, expect, test } from "vitest";
import { withEstate } from "./graph-estate.ts";
import { group, text } from "./local-azure.ts";

const lead = "Query is invalid.";
const isUnjudged = true; // no query, and the numbers in the answer are not in the specification (public)

describe("what Microsoft's parser refuses", () => {
  test.each([
    ["resources | where nosuch == 'x'", 18, "nosuch"],
    ["resources | project id, systemData", 24, "systemData"],
    ["resources | project id | where name == 'x'", 31, "name"],
    ["resources | where resourceGroup =~ DEV-T24' and type contains 'x'", 35, "DEV"],
    ["resources | where name == 'st", 26, "'st"],
    ["resources | where name == 'a\\qb'", 26, "'a\\qb'"],
    ["resources | where properties.flag", 33, "<EOF>"],
    ["resources | where properties.in == 'x'", 29, "in"],
    ["resources | where properties.a-b == 'x'", 29, "a-b"],
    ["resources | where tags =~ 5", 27, "<EOF>"],
    ["resources | extend by = name", 19, "by"],
    ["resources | project true = name", 20, "true"],
    ["resources | project-away kind", 25, "kind"],
    ["resources | summarize asc = count()", 22, "asc"],
    ["resources | order by properties.x", 33, "<EOF>"],
    ["resources | summarize count() by sku", 36, "<EOF>"],
    ["resources | project id, id", 26, "<EOF>"],
    ["resources | where id.x == 'a'", 18, "id"],
    ["resources | where name matches regex 'a'", 23, "matches"],
    ["resources | order by id limit 1", 24, "limit"],
    ["resources | limit 99999999999999999999", 18, "99999999999999999999"],
    ["resources | limit 1; resources", 19, "; resources"],
  ])("%s", (query, characterPositionInLine, token) => {
    const { ask, now } = withEstate();
    const { status, body, headers } = ask(query, { isUnjudged });
    expect([status, headers["x-not-simulated"]], query).toEqual([400, undefined]);
    expect(body["error"], "public: aztfexport 485, azure-powershell 13762").toEqual({
      code: "BadRequest",
      message: `Please provide below info when asking for support: timestamp = ${now().toISOString().replace("Z", "0000Z")}, correlationId = ${headers["x-ms-correlation-request-id"]}.`,
      details: [
        { code: "InvalidQuery", message: expect.stringMatching(lead) },
        expect.objectContaining({
          code: "ParserFailure",
          message: "ParserFailure",
          line: 1,
          characterPositionInLine,
          token,
        }),
      ],
    });
  });

  test.each([
    ["", 1, "<EOF>"],
    ["resources\n| where name == 'st'\n<", 3, "<"],
  ])("a place of 0 is left out: %j", (query, line, token) => {
    const { ask } = withEstate();
    const { body } = ask(query, { isUnjudged });
    expect(body["error"]?.["details"]?.[1], "public: grafana 35225").toEqual({
      code: "ParserFailure",
      message: "ParserFailure",
      line,
      token,
    });
  });

  test("the place of a failure is told by line", () => {
    const { ask } = withEstate();
    const { body } = ask("resources\n| where name == 'st'\n| project nosuch", { isUnjudged });
    expect(body["error"]?.["details"]?.[1], "public: aztfexport 485").toMatchObject({
      line: 3,
      characterPositionInLine: 10,
      token: "nosuch",
    });
  });

  test("a table that is not there", () => {
    const { ask } = withEstate();
    const { status, body, headers } = ask("resourcez | limit 1");
    expect([status, headers["x-not-simulated"], body["error"]?.["details"]]).toEqual([
      400,
      undefined,
      [
        {
          code: "DisallowedLogicalTableName",
          message: "Table resourcez is invalid, unsupported or disallowed.",
        },
      ],
    ]); // public: azqr 847
  });

  test.each(["render", "sample-distinct", "project-rename"])("%s is Kusto's, not Azure's", (it) => {
    const { ask } = withEstate();
    const { status, body, headers } = ask(`resources | ${it} a`, { isUnjudged });
    expect([status, headers["x-not-simulated"]]).toEqual([400, undefined]);
    expect(body["error"]?.["details"]?.[1], "public: azure-powershell 13762").toEqual({
      code: "InvalidQueryLanguage",
      message: "InvalidQueryLanguage",
      line: -1,
      characterPositionInLine: -1,
      token: it,
    });
  });
});

describe("what is not simulated is refused, and says so", () => {
  test.each([
    "where name == 'st'",
    "resources | join kind=inner (resources) on id",
    "resources | mv-expand tags",
    "resources | union resourcecontainers",
    "resources | top 5 by id",
    "securityresources | limit 1",
  ])("%s", (query) => {
    const { ask } = withEstate();
    const { status, headers } = ask(query, { isUnjudged });
    expect([status, headers["x-not-simulated"]], "azure-docs query-language").toEqual([
      400,
      "query",
    ]);
  });

  test.each([
    ["resources | project tolower(name)", "<EOF>"],
    ["resources | extend a = iff(true, 1, 2)", "iff"],
    ["resources | where name endswith 'x'", "endswith"],
    ["resources | where name == 'x';", ";"],
  ])("as a mistake, where it may be one: %s", (query, token) => {
    const { ask } = withEstate();
    const { status, body } = ask(query, { isUnjudged });
    expect([status, body["error"]?.["details"]?.[1]?.["token"]]).toEqual([400, token]);
  });

  test("management groups: none is there", () => {
    const { ask } = withEstate();
    const { status, body, headers } = ask("resources", { managementGroups: ["a", "b"] });
    expect([status, headers["x-not-simulated"], body["error"]?.["details"]]).toEqual([
      400,
      "managementGroups",
      [
        {
          code: "ManagementGroupsContainInvalidIds",
          message: "The provided management groups must be valid. Given: 'a,b'.",
        },
      ],
    ]); // public: rubrik-sizing-scripts 87
  });
});

describe("requests out of the specification", () => {
  test.each([
    ["$top", { options: { $top: 1001 } }],
    ["$top", { options: { $top: 0 } }],
    ["$top", { options: { $top: "10" } }],
    ["$skip", { options: { $skip: -1 } }],
    ["$skipToken", { options: { $skipToken: "MTA" } }],
    ["$skipToken", { options: { $skipToken: 10 } }],
    ["resultFormat", { options: { resultFormat: "table" } }],
    ["allowPartialScopes", { options: { allowPartialScopes: "yes" } }],
    ["authorizationScopeFilter", { options: { authorizationScopeFilter: "All" } }],
    ["options", { options: [] }],
    ["subscriptions", { subscriptions: "all" }],
    ["managementGroups", { managementGroups: "all" }],
    ["facets", { facets: [] }],
  ])("%s", (name, more) => {
    const { ask } = withEstate();
    const { status, body } = ask("resources", { ...more, isUnjudged });
    expect([status, body["error"]?.["details"]?.[0]?.["message"]], "specification").toEqual([
      400,
      `The value of '${name}' is invalid or not simulated.`,
    ]);
  });

  test("a subscription that is no GUID", () => {
    const { ask } = withEstate();
    const { status, body } = ask("resources", { subscriptions: ["dev", "prod"] });
    expect([status, body["error"]?.["details"]], "public: ARI 76").toEqual([
      400,
      [
        {
          code: "SubscriptionsContainInvalidGuids",
          message: "Subscription ids have to be valid GUIDs. Given: 'dev,prod'.",
        },
      ],
    ]);
  });

  test("no body, or one that is no object", () => {
    const { send } = withEstate();
    const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
    const answers = [{}, { body: [group] }].map((it) => send("POST", path, { ...it, isUnjudged }));
    expect(answers.map((it) => [it.status, text(it)])).toEqual(
      answers.map(() => [400, expect.stringContaining("InvalidRequestContent")]),
    );
  });
});
