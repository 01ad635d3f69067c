import { describe, expect, test } from "vitest";
import type { Shown } from "./local-azure.ts";
import { job, withWorkspace, workspace } from "./machine-learning.ts";

const cluster = `${workspace}/computes/cpu`;
const zero = {
  preparingNodeCount: 0,
  runningNodeCount: 0,
  idleNodeCount: 0,
  unusableNodeCount: 0,
  leavingNodeCount: 0,
  preemptedNodeCount: 0,
};

type Row = { nodes?: number; min?: number; max?: number; state?: string; counts?: object };

/** A cluster as a GET shows it. */
function row({ nodes = 0, min = 0, max = 4, state = "Steady", counts = {} }: Row) {
  return {
    id: cluster,
    type: "Microsoft.MachineLearningServices/workspaces/computes",
    location: "eastus",
    properties: {
      createdOn: "2026-01-01T00:00:00.0000000+00:00",
      computeType: "AmlCompute",
      provisioningState: "Succeeded",
      isAttachedCompute: false,
      properties: {
        vmSize: "STANDARD_DS2_V2",
        scaleSettings: {
          minNodeCount: min,
          maxNodeCount: max,
          nodeIdleTimeBeforeScaleDown: "PT2M",
        },
        currentNodeCount: nodes,
        targetNodeCount: nodes,
        allocationState: state,
        nodeStateCounts: { ...zero, ...counts },
        enableNodePublicIp: true,
      },
    },
  };
}

function withRows(rows: readonly object[], seed = 1) {
  const local = withWorkspace({ rows, seed });
  const nodes = () => look(local.call("GET", cluster).body);
  const status = (name: string) =>
    String(local.call("GET", `${workspace}/jobs/${name}`).body["properties"]?.["status"]);
  /** Every look of the cluster, second by second, each once. */
  function watch(seconds: number): string[] {
    const looks = [nodes()];
    for (let at = 0; at < seconds; at++) {
      local.advance(1);
      if (looks.at(-1) !== nodes()) looks.push(nodes());
    }
    return looks;
  }
  return { ...local, nodes, status, watch };
}

/** `Resizing 2/0 leaving 2`: state, current and target, and whatever is not zero. */
function look(body: Shown): string {
  const it = body["properties"]?.["properties"] ?? ({} as Shown);
  const counts = Object.entries(it["nodeStateCounts"] ?? {}) as unknown as [string, number][];
  const some = counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => [name.replace("NodeCount", ""), count]);
  const { allocationState, currentNodeCount, targetNodeCount } = it;
  return [allocationState, `${currentNodeCount}/${targetNodeCount}`, ...some.flat()].join(" ");
}

const toZero = {
  properties: {
    properties: {
      scaleSettings: { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT2M" },
    },
  },
};

describe("the drain", () => {
  const steps = ["Steady 2/2 idle 2", "Resizing 2/0 leaving 2", "Resizing 0/0", "Steady 0/0"];
  const withRunning = [...steps.slice(0, 1), "Resizing 2/0 running 2", ...steps.slice(1)];

  test.each([1, 2, 3, 4, 5, 6])("in the recorded shapes, after the idle time (seed %i)", (seed) => {
    const { call, advance, watch, nodes } = withRows(
      [row({ nodes: 2, min: 2, counts: { idleNodeCount: 2 } })],
      seed,
    );
    advance(3600);
    expect(nodes(), "the minimum keeps them").toBe("Steady 2/2 idle 2");
    call("PATCH", cluster, { body: toZero });
    const updating = watch(30);
    expect(updating.at(-1), "claim 11: within 30 s").toBe("Steady 2/2 idle 2");
    expect(watch(80), "PT2M is not over").toEqual(["Steady 2/2 idle 2"]);
    const looks = watch(300);
    expect([steps, withRunning], "fact 4, cluster_states 5 to 8").toContainEqual(looks);
    expect(watch(3600)).toEqual(["Steady 0/0"]);
  });

  test("both ways are taken: leaving at once, or still running with target 0", () => {
    const ways = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const { call, watch } = withRows(
        [row({ nodes: 2, min: 2, counts: { idleNodeCount: 2 } })],
        seed,
      );
      call("PATCH", cluster, { body: toZero });
      return watch(400).includes("Resizing 2/0 running 2");
    });
    expect(new Set(ways), "claim 9: target 0 does not mean idle").toEqual(new Set([true, false]));
  });

  test("the idle time begins again when a job came in between", () => {
    const { call, advance, watch } = withRows([
      row({ nodes: 1, min: 1, counts: { idleNodeCount: 1 } }),
    ]);
    call("PATCH", cluster, { body: toZero });
    advance(90);
    call("PUT", `${workspace}/jobs/late`, { body: job("late", {}, { status: undefined }) });
    expect(watch(67 + 119).slice(0, 2), "PS Jul 2024: 67 s, then PT2M").toEqual([
      "Steady 1/1 running 1",
      "Steady 1/1 idle 1",
    ]);
    expect(watch(300).at(-1)).toBe("Steady 0/0");
  });

  test.each([
    ["a job that ends", { runsForSeconds: 1800 }, 1800 + 300, "Completed", "Steady 0/0"],
    ["a job of which nobody knows when", {}, 86_400, "Running", "Steady 1/1 running 1"],
  ])("waits for %s", (_name, more, seconds, then, last) => {
    const rows = [row({ nodes: 1, min: 1, counts: { runningNodeCount: 1 } }), job("train", more)];
    const { call, advance, nodes, status } = withRows(rows);
    call("PATCH", cluster, { body: toZero });
    advance(1700);
    expect([nodes(), status("train")], "surroundings 2: never killed").toEqual([
      "Steady 1/1 running 1",
      "Running",
    ]);
    advance(seconds - 1700);
    expect([nodes(), status("train")]).toEqual([last, then]);
  });

  test("a resize that a row shows under way arrives", () => {
    const it = row({ nodes: 2, min: 0, state: "Resizing", counts: { leavingNodeCount: 2 } });
    it.properties.properties.targetNodeCount = 0;
    const { advance, nodes } = withRows([it]);
    expect(nodes()).toBe("Resizing 2/0 leaving 2");
    advance(30);
    expect(nodes()).toBe("Steady 0/0");
  });
});

describe("growing", () => {
  test("a minimum brings nodes in the recorded shapes", () => {
    const { call, watch } = withRows([row({})]);
    const scaleSettings = { minNodeCount: 2, maxNodeCount: 4 };
    call("PATCH", cluster, { body: { properties: { properties: { scaleSettings } } } });
    const looks = watch(400).filter((it) => !it.includes("null"));
    expect(looks, "claim 9: Steady with another target, Resizing 0/2, preparing").toEqual([
      "Steady 0/2",
      "Resizing 0/2",
      "Steady 2/2 preparing 2",
      "Steady 2/2 idle 2",
    ]);
  });

  test("jobs bring as many as they need, no more than the maximum, and wait for the rest", () => {
    const { call, advance, nodes, status } = withRows([row({ max: 2 })]);
    for (const name of ["a", "b", "c"])
      call("PUT", `${workspace}/jobs/${name}`, { body: job(name, {}, { status: undefined }) });
    expect(["a", "b", "c"].map(status), "claim 25").toEqual(["Queued", "Queued", "Queued"]);
    let running = 0;
    for (let at = 0; at < 600 && status("c") !== "Completed"; at++) {
      advance(1);
      const now = ["a", "b", "c"].filter((it) => status(it) === "Running").length;
      running = Math.max(running, now);
      if (now > 0) expect(nodes()).toContain(`running ${now}`);
    }
    expect(running, "maxNodeCount").toBe(2);
    expect(["a", "b", "c"].map(status)).toEqual(["Completed", "Completed", "Completed"]);
    advance(400);
    expect(nodes(), "back to the minimum").toBe("Steady 0/0");
  });

  test.each([
    ["computeId", { computeId: cluster }],
    ["settings.default_compute", { computeId: null, settings: { default_compute: cluster } }],
    ["a step", { computeId: null, jobs: { step: { computeId: cluster } } }],
    ["a nested step", { computeId: null, jobs: { a: { jobs: { b: { computeId: cluster } } } } }],
  ])("a job names its cluster in %s", (_name, properties) => {
    const { nodes, advance, status } = withRows([
      row({}),
      job("pipe", { runsForSeconds: 60 }, { jobType: "Pipeline", status: "Queued", ...properties }),
    ]);
    advance(0);
    expect(nodes(), "claim 24").toBe("Steady 0/1");
    advance(400);
    expect(status("pipe")).toBe("Completed");
  });
});

test("made again under its name while it grew, it starts afresh", () => {
  const { call, send, advance, nodes, watch } = withRows([row({})]);
  call("PATCH", cluster, {
    body: { properties: { properties: { scaleSettings: { minNodeCount: 3, maxNodeCount: 4 } } } },
  });
  advance(36);
  expect(nodes()).toContain("/3");
  send("DELETE", `${cluster}?api-version=2025-06-01&underlyingResourceAction=Delete`);
  advance(63);
  const spec = { vmSize: "STANDARD_D1_V2", scaleSettings: { maxNodeCount: 1 } };
  const properties = { computeType: "AmlCompute", properties: spec };
  call("PUT", cluster, { body: { location: "eastus", properties } });
  advance(30);
  expect(watch(600)).toEqual(["Steady 0/0"]);
});

test("a cluster that is deleted fails its jobs (not recorded)", () => {
  const { send, advance, status } = withRows([
    row({ nodes: 1, counts: { runningNodeCount: 1 } }),
    job("train"),
    job("done", {}, { status: "Completed" }),
  ]);
  send("DELETE", `${cluster}?api-version=2025-06-01&underlyingResourceAction=Delete`);
  advance(63);
  expect([status("train"), status("done")]).toEqual(["Failed", "Completed"]);
});

describe("the nodes, listed", () => {
  const list = `${cluster}/listNodes`;

  test("none, and then as many as the counts say", () => {
    const { call } = withRows([row({})]);
    expect(call("POST", list, { version: "2022-10-01" }).body, "PS Jul 2024").toEqual({
      computeType: "AmlCompute",
      nodes: [],
    });
    const counts = { idleNodeCount: 1, runningNodeCount: 1 };
    const { call: again } = withRows([row({ nodes: 2, min: 2, counts }), job("train")]);
    const { body } = again("POST", list);
    expect(body["nodes"]?.map((it) => it["nodeState"])).toEqual(["running", "idle"]);
  });

  test("of an instance: refused in the words of computes (not recorded)", () => {
    const spec = { computeType: "ComputeInstance", properties: { vmSize: "STANDARD_DS2_V2" } };
    const { call } = withRows([{ ...row({}), properties: spec }]);
    const { status, body } = call("POST", list, { version: "2025-12-01" });
    expect([status, body["error"]?.["code"]], "F6.3").toEqual([400, "UserError"]);
  });
});
