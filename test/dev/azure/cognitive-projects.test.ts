import { describe, expect, test } from "vitest";
import { account, withAccount } from "./cognitive-made.ts";
import { text } from "./local-azure.ts";

const project = `${account}/projects/p`;
const made = { body: { location: "eastus", properties: {} } };
const foundry = () => withAccount("AIServices", { allowProjectManagement: true });

describe("projects", () => {
  test("projects: 201 and 200 at once, long names; the account names them and its etag moves", () => {
    const { call } = withAccount("AIServices", { allowProjectManagement: true });
    const before = call("GET", account).body["etag"];
    const project = {
      location: "westus3",
      identity: { type: "SystemAssigned" },
      properties: { displayName: "P" },
    };
    const put = () => call("PUT", `${account}/projects/p`, { body: project });
    expect([put().status, put().status], "aso1 16, 22").toEqual([201, 200]);
    const { body: shown } = call("GET", `${account}/projects/p`);
    expect(shown, "aso1 16").toMatchObject({
      name: "acc/p",
      kind: "AIServices",
      properties: { isDefault: true, provisioningState: "Succeeded" },
    });
    const parent = call("GET", account).body;
    expect(parent["properties"], "c7n 1").toMatchObject({
      defaultProject: "p",
      associatedProjects: ["p"],
    });
    expect(parent["etag"], "aso1 11 to 28").not.toBe(before);
    expect(call("DELETE", `${account}/projects/p`).status, "aso1 26").toBe(200);
    expect(text(call("GET", `${account}/projects/p`)), "aso1 27").toContain(
      "'Microsoft.CognitiveServices/accounts/acc/projects/p'",
    );
    expect(
      call("GET", account).body["properties"]?.["associatedProjects"],
      "aso1 28: [] stays",
    ).toEqual([]);
  });

  test("the first is the default one; PATCH is 200, at once", () => {
    const { call } = foundry();
    call("PUT", project, made);
    const { body: second } = call("PUT", `${account}/projects/q`, made);
    expect(second["properties"]?.["isDefault"], "prj 2: the first").toBe(false);
    expect(second["properties"]?.["endpoints"], "prj 2").toEqual({
      "AI Foundry API": "https://acc.services.ai.azure.com/api/projects/q",
    });
    const patched = call("PATCH", project, { body: { properties: { description: "d" } } });
    expect([patched.status, patched.body["properties"]?.["provisioningState"]]).toEqual([
      200,
      "Succeeded",
    ]);
    expect(patched.headers, "prj: no header of an operation").not.toHaveProperty("location");
    expect(call("GET", `${account}/projects`).body["value"], "prj 3").toHaveLength(2);
  });

  test("they need a Foundry account that manages projects", () => {
    const { call } = withAccount("OpenAI");
    expect(call("PUT", project, made).status, "azure-ai-docs").toBe(400);
    const { call: other } = withAccount("AIServices");
    expect(other("PUT", project, made).status, "azure-ai-docs").toBe(400);
  });

  test("under an account that is not there: 404 that names the account", () => {
    const { call } = foundry();
    const there = `${account}x/projects`;
    const answers = [
      ["GET", there, {}] as const,
      ["GET", `${there}/p`, {}] as const,
      ["PUT", `${there}/p`, made] as const,
      ["PATCH", `${there}/p`, { body: { tags: {} } }] as const,
      ["DELETE", `${there}/p`, {}] as const,
    ].map(([method, id, ask]) => call(method, id, ask));
    expect(
      answers.map((it) => it.status),
      "1g (c)",
    ).toEqual([404, 404, 404, 404, 404]);
    const [first = { body: {} as never }] = answers;
    expect(text(first), "1g (c)").toContain("'Microsoft.CognitiveServices/accounts/accx'");
  });
});
