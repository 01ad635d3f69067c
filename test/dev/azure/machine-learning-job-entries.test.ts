import { describe, expect, test } from "vitest";
import { gone, withWorkspace, workspace } from "./machine-learning.ts";

const path = `${workspace}/jobs/echo`;
const own = `${workspace}/computes/own`;
const environmentId = `${workspace}/environments/e/versions/1`;
const asked = (more: object = {}) => ({
  properties: { jobType: "Command", command: "echo", environmentId, ...more },
});

function withInstance() {
  const local = withWorkspace();
  const properties = { computeType: "ComputeInstance", properties: { vmSize: "Standard_DS2_v2" } };
  local.call("PUT", own, { body: { location: "eastus", properties } });
  local.advance(180);
  const shown = () => local.call("GET", path).body["properties"];
  return { ...local, shown };
}

describe("the entry of a job", () => {
  test("201 with its own address, as it was asked; later 200 without", () => {
    const { call } = withWorkspace();
    const first = call("PUT", path, { body: asked() });
    expect([first.status, first.headers["location"]], "job 2").toEqual([
      201,
      `https://127.0.0.1:8443${path}?api-version=2025-06-01`,
    ]);
    const second = call("PUT", path, { body: asked() });
    expect(second.status, "PS Jun 2022").toBe(200);
    expect(second.headers, "PS Jun 2022").not.toHaveProperty("location");
  });

  test("an input says that nobody described it", () => {
    const { call } = withWorkspace();
    const data = { jobInputType: "uri_file", mode: "ReadOnlyMount", uri: "https://a/b.csv" };
    const answer = call("PUT", path, {
      body: asked({ inputs: { data } }),
      version: "2024-04-01",
      isUnjudged: true,
    });
    expect(answer.body["properties"]?.["inputs"], "job 2").toEqual({
      data: { description: null, ...data },
    });
  });

  test("below a workspace that is not there the gateway speaks of the parent", () => {
    const { call } = withWorkspace();
    for (const child of ["jobs/echo", "onlineEndpoints/e", "batchEndpoints/e"]) {
      const body = child === "jobs/echo" ? asked() : { location: "eastus", properties: {} };
      const answer = call("PUT", `${gone}/${child}`, { body, isUnjudged: true });
      expect([answer.status, answer.body["error"]?.["code"]], "orphan 1").toEqual([
        404,
        "ParentResourceNotFound",
      ]);
    }
  });
});

describe("a job on an instance", () => {
  test("runs after a few seconds, and ends", () => {
    const { call, advance, shown } = withInstance();
    call("PUT", path, { body: asked({ computeId: own }) });
    advance(7);
    expect(shown()?.["status"], "job 2").toBe("Queued");
    expect(shown()?.["tags"], "job 2").toEqual({
      _aml_system_ComputeTargetStatus:
        '{"AllocationState":"steady","PreparingNodeCount":0,"RunningNodeCount":0,"CurrentNodeCount":1}',
    });
    advance(1);
    expect(shown()?.["status"], "job 2").toBe("Running");
    expect(shown()?.["properties"], "job 2").toMatchObject({
      "_azureml.ComputeTargetType": "amlcdsi",
      "_azureml.ClusterName": "own",
    });
    advance(67);
    expect(shown()?.["status"], "PS Jul 2024").toBe("Completed");
    const { body } = call("GET", own);
    expect(body["properties"]?.["properties"]).not.toHaveProperty("currentNodeCount");
  });

  test("waits while that is stopped", () => {
    const { call, advance, shown } = withInstance();
    expect(call("POST", `${own}/stop`).status, "claim 19").toBe(202);
    advance(90);
    call("PUT", path, { body: asked({ computeId: own }) });
    advance(60);
    expect(shown()?.["status"]).toBe("Queued");
    call("POST", `${own}/start`);
    advance(130);
    expect(shown()?.["status"]).toBe("Running");
  });
});
