import { describe, expect, test } from "vitest";
import { text } from "./local-azure.ts";
import { cluster, gone, job, withWorkspace, workspace } from "./machine-learning.ts";

const path = (name: string) => `${workspace}/jobs/${name}`;
/** The body of a PUT; on serverless compute. */
const asked = (properties: object = {}) => ({
  properties: {
    jobType: "Command",
    command: "echo",
    environmentId: `${workspace}/environments/e/versions/1`,
    ...properties,
  },
});

function withJobs(rows: readonly object[] = []) {
  const local = withWorkspace({ rows });
  const status = (name: string) =>
    String(local.call("GET", path(name)).body["properties"]?.["status"]);
  return { ...local, status };
}

describe("the list", () => {
  const rows = [
    job("live"),
    job("old", {}, { status: "Completed" }),
    job("gone", {}, { isArchived: true }),
  ];
  test.each([
    ["", ["live", "old"]],
    ["&listViewType=ActiveOnly", ["live", "old"]],
    ["&listViewType=ArchivedOnly", ["gone"]],
    ["&listViewType=All", ["live", "old", "gone"]],
  ])("of%s means archived or not, whatever the status", (query, names) => {
    const { send } = withJobs(rows);
    const { body } = send("GET", `${workspace}/jobs?api-version=2025-06-01${query}`);
    expect(
      body["value"]?.map((it) => it["name"]),
      "claim 25",
    ).toEqual(names);
    expect(body, "claim 56").not.toHaveProperty("nextLink");
  });

  test("without the workspace there is none", () => {
    const { call } = withJobs();
    const { status, headers } = call("GET", `${gone}/jobs`);
    expect([status, headers["x-ms-failure-cause"]], "F6.1").toEqual([404, "gateway"]);
  });
});

describe("the body", () => {
  test("of a command: what the service adds", () => {
    const { call } = withJobs();
    call("PUT", path("echo"), { body: asked() });
    const { properties } = call("GET", path("echo"), { version: "2024-04-01" }).body;
    expect(properties, "PS Jul 2024, Nov 2025").toMatchObject({
      displayName: "echo",
      experimentName: "Default",
      identity: null,
      componentId: null,
      notificationSetting: null,
      resources: { instanceCount: 1, instanceType: null, shmSize: "2g", dockerArgs: null },
      codeId: null,
      inputs: {},
      outputs: {
        default: {
          uri: "azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.echo",
          mode: "ReadWriteMount",
          jobOutputType: "uri_folder",
        },
      },
      distribution: null,
      environmentVariables: null,
      parameters: {},
      queueSettings: { jobTier: "Null" },
      services: {
        Tracking: { endpoint: `azureml://eastus.api.azureml.ms/mlflow/v1.0${workspace}?` },
        Studio: {
          endpoint: expect.stringMatching(
            /runs\/echo\?wsid=.*\/resourcegroups\/rg\/workspaces\/studio$/,
          ),
        },
      },
    });
  });

  test("in 2022 it had less", () => {
    const { call } = withJobs();
    call("PUT", path("echo"), { body: asked() });
    const shown = call("GET", path("echo"), { version: "2022-05-01", isUnjudged: true });
    for (const name of ["componentId", "notificationSetting", "queueSettings"])
      expect(shown.body["properties"], "PS Jun 2022").not.toHaveProperty(name);
    expect(text(shown), "PS Jun 2022").not.toContain("shmSize");
  });

  test("at 2023-04-01 it had not yet all of today's", () => {
    const { call } = withJobs();
    call("PUT", path("echo"), { body: asked() });
    const shown = call("GET", path("echo"), { version: "2023-04-01", isUnjudged: true });
    for (const name of ["notificationSetting", "queueSettings"])
      expect(shown.body["properties"], "job 1").not.toHaveProperty(name);
    expect(shown.body["properties"], "job 1").toMatchObject({
      componentId: null,
      resources: { shmSize: "2g", dockerArgs: null },
      services: { Studio: { nodes: null } },
    });
  });

  test("on a cluster: what that was like when the job came, and where it runs", () => {
    const { call, advance } = withJobs();
    call("PUT", `${workspace}/computes/cpu`, { body: cluster() });
    advance(30);
    const computeId = `${workspace}/computes/cpu`;
    call("PUT", path("echo"), { body: asked({ computeId, tags: { a: "1" } }) });
    const shown = () => call("GET", path("echo")).body["properties"];
    expect(shown()?.["tags"], "job 2").toEqual({ a: "1" });
    expect(shown()?.["properties"], "job 2").toEqual({ "_azureml.ComputeTargetType": "amlctrain" });
    advance(1);
    expect(shown()?.["tags"], "job 1").toEqual({
      a: "1",
      _aml_system_ComputeTargetStatus:
        '{"AllocationState":"steady","PreparingNodeCount":0,"RunningNodeCount":0,"CurrentNodeCount":0}',
    });
    advance(180);
    expect(shown()?.["status"], "claim 25").toBe("Running");
    expect(shown()?.["properties"], "job 1").toMatchObject({
      "_azureml.ComputeTargetType": "amlctrain",
      "_azureml.ClusterName": "cpu",
      ProcessInfoFile: "azureml-logs/process_info.json",
      ProcessStatusFile: "azureml-logs/process_status.json",
    });
  });

  test("how long one runs is not shown", () => {
    const { call } = withJobs([job("train", { runsForSeconds: 5 })]);
    expect(text(call("GET", path("train")))).not.toContain("runsForSeconds");
  });
});

describe("its life", () => {
  test("PUT: 201, then 200; what says how it goes is not the caller's", () => {
    const { call } = withJobs();
    const body = asked({ status: "Completed" });
    const first = call("PUT", path("a"), { body });
    expect([first.status, first.body["properties"]?.["status"]]).toEqual([201, "Queued"]);
    expect(call("PUT", path("a"), { body }).status, "PS Jun 2022").toBe(200);
  });

  test("serverless: it runs without a cluster, and notes when", () => {
    const { call, advance, status } = withJobs();
    const computeId = `${workspace}/computes/serverless`;
    call("PUT", path("a"), { body: asked() });
    call("PUT", path("b"), { body: asked({ computeId }) });
    advance(40);
    expect([status("a"), status("b")], "claim 24").toEqual(["Running", "Running"]);
    advance(70);
    expect([status("a"), status("b")]).toEqual(["Completed", "Completed"]);
    expect(call("GET", path("a")).body["properties"]?.["properties"], "PS Jul 2024").toEqual({
      StartTimeUtc: "2026-11-24 08:00:30",
      EndTimeUtc: "2026-11-24 08:01:37",
    });
  });

  test("a command that sleeps runs for as long as it says", () => {
    const { call, advance, status } = withJobs();
    call("PUT", path("a"), { body: asked({ command: "sleep 600" }) });
    advance(600);
    expect(status("a"), "job 1").toBe("Running");
    advance(40);
    expect(status("a"), "job 1").toBe("Completed");
  });

  test("Spark without an identity, in a workspace without one", () => {
    const { call } = withJobs();
    const properties = {
      jobType: "Spark",
      codeId: `${workspace}/codes/c/versions/1`,
      entry: { sparkJobEntryType: "SparkJobPythonEntry", file: "main.py" },
      resources: { instanceType: "standard_e8s_v3", runtimeVersion: "3.2" },
    };
    const refused = call("PUT", path("spark"), { body: { properties } });
    expect([refused.status, refused.body["error"]?.["message"]], "F6.2").toEqual([
      404,
      "User assigned identity  is not attached to AML workspace studio.",
    ]);
    const identity = { identityType: "UserIdentity" };
    const taken = call("PUT", path("spark"), { body: { properties: { ...properties, identity } } });
    expect(taken.status).toBe(201);
  });
});

describe("cancel", () => {
  test("one that runs: 202, the word null, Location only; Canceled a little later", () => {
    const { call, send, advance, status } = withJobs([job("live")]);
    const answer = call("POST", `${path("live")}/cancel`);
    expect([answer.status, answer.body as unknown], "cancel 1").toEqual([202, "null"]);
    const { location = "" } = answer.headers;
    expect(location, "cancel 1").toMatch(/\/mfeOperationResults\/jc:[^:]+:live\?api-version=/);
    expect(answer.headers, "cancel 1").not.toHaveProperty("azure-asyncoperation");
    expect(answer.headers["x-ms-async-operation-timeout"], "cancel 1").toBe("PT1H");
    expect(status("live"), "claim 25").toBe("CancelRequested");
    expect(send("GET", location).status, "by specification").toBe(202);
    advance(20);
    expect(status("live"), "PS Jun 2022").toBe("Canceled");
    expect(send("GET", location).status, "by specification").toBe(200);
    expect(call("POST", `${path("live")}/cancel`).status, "cancel 2").toBe(200);
  });

  test("one that waits never runs", () => {
    const { call, advance, status } = withJobs();
    call("PUT", path("a"), { body: asked() });
    call("POST", `${path("a")}/cancel`);
    advance(600);
    expect(status("a")).toBe("Canceled");
  });

  test("one that is over: a command does not mind, a pipeline does", () => {
    const over = { status: "Completed" };
    const pipeline = { jobType: "Pipeline", ...over };
    const { call, status } = withJobs([job("cmd", {}, over), job("pipe", {}, pipeline)]);
    const mild = call("POST", `${path("cmd")}/cancel`);
    expect([mild.status, mild.body], "cancel 2").toEqual([200, undefined]);
    expect(status("cmd")).toBe("Completed");
    const refused = call("POST", `${path("pipe")}/cancel`);
    expect([refused.status, refused.body["error"]?.["code"]], "F6.2").toEqual([400, "UserError"]);
    expect(text(refused), "F6.2").toContain("CancelPipelineRunInTerminalStatus");
  });
});

test("a missing one is told by the management front end", () => {
  const { call } = withJobs();
  const { status, body, headers } = call("GET", path("none"));
  expect([status, headers["x-ms-response-type"]], "F6.2").toEqual([404, "error"]);
  expect(body["error"], "F6.2").toMatchObject({
    code: "UserError",
    message: "Job none not found.",
    additionalInfo: expect.arrayContaining([
      { type: "ComponentName", info: { value: "managementfrontend" } },
      {
        type: "InnerError",
        info: {
          value: { code: "NotFound", innerError: { code: "JobNotFound", innerError: null } },
        },
      },
    ]),
  });
});
