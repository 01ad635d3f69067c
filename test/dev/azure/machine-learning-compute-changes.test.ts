import { describe, expect, test } from "vitest";
import { group, text } from "./local-azure.ts";
import { cluster, gone, inner, scale, withWorkspace, workspace } from "./machine-learning.ts";

const compute = `${workspace}/computes/cpu`;

function withCompute(body: object = cluster()) {
  const local = withWorkspace();
  local.call("PUT", compute, { body });
  local.advance(60);
  return local;
}

describe("a change to a cluster", () => {
  test("a PUT over an existing one: 201 again, only the scale settings take effect", () => {
    const { call, advance } = withCompute(cluster({ enableNodePublicIp: true }));
    const before = call("GET", compute);
    const body = cluster({
      vmSize: "STANDARD_D1_V2",
      enableNodePublicIp: false,
      scaleSettings: { ...scale, nodeIdleTimeBeforeScaleDown: "PT3M20S" },
    });
    const answer = call("PUT", compute, { body });
    expect([answer.status, answer.body["properties"]?.["provisioningState"]], "claim 13").toEqual([
      201,
      "Creating",
    ]);
    expect(answer.body["properties"]?.["resourceId"], "F1").toBe(
      `${group}/providers/Microsoft.BatchAI/workspaces/studio/clusters/cpu`,
    );
    expect(answer.body["tags"], "PY Dec 2022").toEqual({});
    advance(7);
    const after = call("GET", compute);
    expect(after.body["properties"]?.["createdOn"], "claim 13").toBe(
      before.body["properties"]?.["createdOn"],
    );
    expect(inner(after), "bicep 17617: silently kept").toMatchObject({
      vmSize: "STANDARD_DS2_V2",
      enableNodePublicIp: true,
      scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT3M20S" },
    });
  });

  test("PATCH: 202 with the whole compute, counts null, Updating", () => {
    const { call, advance } = withCompute();
    const answer = call("PATCH", compute, {
      body: { properties: { properties: { scaleSettings: { maxNodeCount: 8 } } } },
    });
    expect(answer.status, "claim 11").toBe(202);
    expect(answer.headers, "F3").toHaveProperty("azure-asyncoperation");
    expect(answer.headers, "F3").not.toHaveProperty("location");
    expect(answer.body["properties"]?.["provisioningState"], "claim 11").toBe("Updating");
    expect(inner(answer), "claim 11, F1").toMatchObject({
      currentNodeCount: null,
      allocationState: null,
      vmPriority: "Dedicated",
      scaleSettings: { maxNodeCount: 8, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: null },
    });
    advance(7);
    expect(inner(call("GET", compute))?.["scaleSettings"], "claim 11").toEqual({
      maxNodeCount: 8,
      minNodeCount: 0,
      nodeIdleTimeBeforeScaleDown: "PT2M",
    });
  });

  test.each([
    ["another property", { properties: { properties: { enableNodePublicIp: false } } }],
    [
      "one beside the scale settings",
      { properties: { properties: { scaleSettings: scale, enableNodePublicIp: false } } },
    ],
    ["tags", { tags: {}, properties: { properties: { scaleSettings: scale } } }],
    ["no maximum", { properties: { properties: { scaleSettings: { minNodeCount: 0 } } } }],
  ])("PATCH with %s is refused", (_name, body) => {
    const { call } = withCompute();
    const { status, body: said } = call("PATCH", compute, { body, isUnjudged: true });
    expect(status, "ComputeResource.tsp").toBe(400);
    expect(said, "F6.3, PS Jun 2022: the envelope of computes").toMatchObject({
      error: { code: "UserError", innerError: null },
      componentName: "machinelearningcompute",
      location: "eastus",
    });
  });

  test("while another is under way: a bare 409", () => {
    const { call, send } = withCompute();
    send("DELETE", `${compute}?api-version=2025-06-01&underlyingResourceAction=Delete`);
    const answer = call("PUT", compute, { body: cluster(), isUnjudged: true });
    expect([answer.status, answer.body], "fact 13").toEqual([409, undefined]);
  });
});

describe("the end of a cluster", () => {
  const deleted = (action: string) =>
    `${compute}?api-version=2025-06-01&underlyingResourceAction=${action}`;

  test("DELETE needs to be told what becomes of the nodes", () => {
    const { call, send, advance } = withCompute();
    expect(call("DELETE", compute, { isUnjudged: true }).status, "arm 2").toBe(400);
    const answer = send("DELETE", deleted("Delete"));
    expect([answer.status, answer.body], "claim 15").toEqual([202, undefined]);
    expect(answer.headers, "claim 15").not.toHaveProperty("location");
    advance(60);
    const missing = call("GET", compute, { version: "2022-10-01" });
    expect(
      [missing.status, missing.body, missing.headers["content-type"]],
      "claim 17: empty",
    ).toEqual([404, undefined, undefined]);
    expect(send("GET", answer.headers["azure-asyncoperation"] ?? "").body["status"]).toBe(
      "Succeeded",
    );
  });

  test.each([
    ["Delete", "STANDARD_D1_V2"],
    ["Detach", "STANDARD_DS2_V2"],
  ])("made again after %s: the size %s", (action, vmSize) => {
    const { call, send, advance } = withWorkspace();
    const identity = { type: "SystemAssigned" };
    call("PUT", compute, { body: { ...cluster({ enableNodePublicIp: true }), identity } });
    advance(60);
    const first = call("GET", compute).body["identity"]?.["principalId"];
    send("DELETE", deleted(action));
    advance(60);
    expect(call("GET", compute, { version: "2022-10-01" }).status).toBe(404);
    call("PUT", compute, { body: { ...cluster({ vmSize: "STANDARD_D1_V2" }), identity } });
    advance(30);
    const again = call("GET", compute);
    expect(inner(again), "claim 16").toMatchObject({ vmSize });
    expect("enableNodePublicIp" in (inner(again) ?? {}), "claim 16").toBe(action === "Detach");
    expect(again.body["identity"]?.["principalId"], "arm 2: lost on recreate").not.toBe(first);
  });

  test("a workspace that is gone answers for its computes through the gateway", () => {
    const { call, send } = withWorkspace();
    const id = `${gone}/computes/cpu`;
    const answers = [
      ["delete", send("DELETE", `${id}?api-version=2025-06-01&underlyingResourceAction=Delete`)],
      ["write", call("PUT", id, { body: cluster() })],
      [
        "write",
        call("PATCH", id, { body: { properties: { properties: { scaleSettings: scale } } } }),
      ],
      ["read", call("GET", `${gone}/computes`)],
    ] as const;
    for (const [verb, answer] of answers) {
      expect([answer.status, answer.headers["x-ms-failure-cause"]], "F6.1").toEqual([
        404,
        "gateway",
      ]);
      expect(text(answer), "F6.1").toContain(
        `Failed to perform '${verb}' on resource(s) of type 'workspaces/computes', because the parent resource '${gone}' could not be found.`,
      );
    }
  });
});
