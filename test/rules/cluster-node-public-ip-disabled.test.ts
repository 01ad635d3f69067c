import { expect, test } from "vitest";
import { answer } from "../../src/pipeline/approve.ts";
import { stop } from "../../src/pipeline/switches.ts";
import { clusterBody, clusterId, workspace, workspaceId } from "../support/clusters.ts";
import { createLaptop, type Laptop, subscription } from "../support/laptop.ts";
import { expectTruth, trail } from "../support/truth.ts";

const version = "api-version=2025-06-01";

async function made(
  body: object,
  settings: object = {},
  estate: readonly object[] = [workspace()],
) {
  const laptop = createLaptop({ estate, settings });
  await laptop.portsFor("run").gates.install();
  laptop.advance(60);
  const made = laptop.write("PUT", `${clusterId}?${version}`, body);
  expect(made.status).toBe(201);
  return laptop;
}

const nodes = async (laptop: Laptop) => {
  const seen = await laptop.seen(clusterId);
  return Reflect.get(seen?.properties ?? {}, "properties") as Record<string, unknown> | undefined;
};
const finding = async (laptop: Laptop) => (await laptop.recall(clusterId))?.findings[0];
const deletes = (laptop: Laptop) => laptop.writes().filter((it) => it.method === "DELETE");
const whole = "intended 0, applied 0, intended 1, applied 1, intended 2, applied 2, verified 2";

test("drained, deleted, made again: without addresses, with everything else as it was", async () => {
  const laptop = await made(clusterBody({}, { tags: { team: "vision" } }));
  await laptop.run(24 * 3600);
  expect(await nodes(laptop)).toMatchObject({
    enableNodePublicIp: false,
    vmSize: "STANDARD_DS3_V2",
    scaleSettings: { minNodeCount: 1, maxNodeCount: 4 },
  });
  expect((await laptop.seen(clusterId))?.tags).toEqual({ team: "vision" });
  const records = await laptop.records(clusterId);
  expect(trail(records)).toBe(whole);
  expectTruth(records, laptop.writes(), 0);
});

test("the whole of what is deleted stands in the record before it is", async () => {
  const laptop = await made(clusterBody());
  await laptop.run(24 * 3600);
  const records = await laptop.records(clusterId);
  const deleting = records.find(({ entry }) => entry.action === "intended" && entry.step === 1);
  expect(deleting?.entry).toMatchObject({
    request: { method: "DELETE" },
    before: { properties: { properties: { enableNodePublicIp: true, vmSize: "STANDARD_DS3_V2" } } },
  });
});

test("a job that runs is waited for, never killed", async () => {
  const laptop = await made(clusterBody());
  const job = `${workspaceId}/jobs/long?${version}`;
  const started = laptop.write("PUT", job, {
    properties: { jobType: "Command", computeId: clusterId, command: "train" },
  });
  expect(started.status).toBeLessThan(300);
  await laptop.run(60);
  expect(deletes(laptop)).toEqual([]);
  await laptop.run(5 * 24 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: false });
  expect(deletes(laptop)).toHaveLength(1);
});

test.for([
  [
    "the installation does not make clusters again by itself",
    clusterBody(),
    { allowComputeRecreate: false },
    "does not do alone",
  ],
  [
    "a system-assigned identity would be another one",
    clusterBody({}, { identity: { type: "SystemAssigned" } }),
    {},
    "system-assigned identity",
  ],
  [
    "a password would be lost",
    clusterBody({
      userAccountCredentials: { adminUserName: "admin", adminUserPassword: "P4ssw0rd!x" },
    }),
    {},
    "password",
  ],
] as const)("held, since %s", async ([, body, settings, because]) => {
  const laptop = await made(body, settings);
  await laptop.run(24 * 3600);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
  expect((await finding(laptop))?.decision.because).toContain(because);
});

test("what is held for a person is done when they approve", async () => {
  const laptop = await made(clusterBody(), { allowComputeRecreate: false });
  await laptop.run(24 * 3600);
  const id = (await finding(laptop))?.id ?? "";
  const said = { answer: "approve", by: "a person", reason: "nobody needs it tonight" } as const;
  await answer(laptop.portsFor("run"), { id, ...said });
  await laptop.run(24 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: false });
});

test("a lock above it holds it, whoever approves", async () => {
  const laptop = await made(clusterBody());
  const lock = `/subscriptions/${subscription}/providers/Microsoft.Authorization/locks/keep`;
  laptop.write("PUT", `${lock}?api-version=2020-05-01`, { properties: { level: "CanNotDelete" } });
  await laptop.run(24 * 3600);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision.because).toContain("CanNotDelete");
});

test("without a private network it could not be made again: reported, not touched", async () => {
  const laptop = await made(clusterBody(), {}, [workspace("")]);
  await laptop.run(24 * 3600);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision.do).toBe("hold");
});

test("a flag that Azure does not show is unknown in a private network", async () => {
  const laptop = await made(clusterBody({ enableNodePublicIp: undefined }));
  await laptop.run(24 * 3600);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.verdict.status).toBe("unknown");
});

test("the switch holds it before its delete, and does not keep a deleted one away", async () => {
  const laptop = await made(clusterBody());
  while (deletes(laptop).length === 0) await laptop.run(30);
  await stop(laptop.portsFor("run"), "a person", "an incident");
  await laptop.run(24 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: false });
  expect(trail(await laptop.records(clusterId))).toBe(whole);
});

test("making it again fails three times: it comes back as it was, and the record says so", async () => {
  const laptop = await made(clusterBody());
  while (deletes(laptop).length === 0) await laptop.run(30);
  const error = { error: { code: "PropertyNotAllowed", message: "Not in this region." } };
  laptop.azure.faults.add({ method: "PUT", times: 3, answer: { status: 400, body: error } });
  await laptop.run(24 * 3600);
  expect(await nodes(laptop)).toMatchObject({
    enableNodePublicIp: true,
    scaleSettings: { minNodeCount: 1, maxNodeCount: 4 },
  });
  const last = (await laptop.records(clusterId)).at(-1)?.entry;
  expect(last).toMatchObject({ action: "failed", restored: true });
  expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
});

test.for([
  ["throttled", { status: 429, body: "" }],
  ["busy", { status: 409, body: { error: { code: "RequestConflict", message: "Later." } } }],
  ["without an answer, and not done", { status: 503, body: "" }],
  ["cut", "cut"],
  ["done, and its answer lost", "lost"],
  ["taken and never done", "never-applied"],
  ["failing in its operation", "lro-fails"],
] as const)("what puts it back is %s: it comes back all the same", async ([, trouble]) => {
  const laptop = await made(clusterBody());
  while (deletes(laptop).length === 0) await laptop.run(30);
  const error = { error: { code: "PropertyNotAllowed", message: "Not in this region." } };
  laptop.azure.faults.add({ method: "PUT", times: 3, answer: { status: 400, body: error } });
  laptop.azure.faults.add({ method: "PUT", times: 1, answer: trouble });
  await laptop.run(24 * 3600);
  expect(laptop.azure.faults.list()).toEqual([]);
  expect(await nodes(laptop)).toMatchObject({
    enableNodePublicIp: true,
    scaleSettings: { minNodeCount: 1, maxNodeCount: 4 },
  });
  const records = await laptop.records(clusterId);
  expect(records.at(-1)?.entry).toMatchObject({ action: "failed", restored: true });
  expectTruth(records, laptop.writes(), 0);
});

test.for(["never-applied", "lro-fails"] as const)(
  "a delete that ARM takes and that never happens (%s): the cluster gets its scale settings back",
  async (fault) => {
    const laptop = await made(clusterBody());
    laptop.azure.faults.add({ method: "DELETE", answer: fault });
    await laptop.run(3 * 24 * 3600);
    expect(deletes(laptop)).toHaveLength(1);
    expect(await nodes(laptop)).toMatchObject({
      enableNodePublicIp: true,
      scaleSettings: { minNodeCount: 1, maxNodeCount: 4 },
    });
    const records = await laptop.records(clusterId);
    expect(records.at(-1)?.entry).toMatchObject({ action: "failed", restored: true });
    expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
    expectTruth(records, laptop.writes(), 0);
  },
);

test("a delete that never happens, and somebody changed the cluster meanwhile: theirs is left alone", async () => {
  const laptop = await made(clusterBody());
  laptop.azure.faults.add({ method: "DELETE", answer: "never-applied" });
  await laptop.run(12 * 3600);
  const scaleSettings = {
    minNodeCount: 2,
    maxNodeCount: 6,
    nodeIdleTimeBeforeScaleDown: "PT2M",
  };
  laptop.write("PATCH", `${clusterId}?${version}`, {
    properties: { properties: { scaleSettings } },
  });
  const before = laptop.writes().length;
  await laptop.run(3 * 24 * 3600);
  expect(laptop.writes()).toHaveLength(before);
  expect(await nodes(laptop)).toMatchObject({
    scaleSettings: { minNodeCount: 2, maxNodeCount: 6 },
  });
  const last = (await laptop.records(clusterId)).at(-1)?.entry;
  expect(last).toMatchObject({ action: "failed" });
  expect(last).not.toHaveProperty("restored");
  expect((await finding(laptop))?.decision).toMatchObject({ do: "hold" });
});

test("a delete that happens hours late: the cluster is made again", async () => {
  const laptop = await made(clusterBody());
  laptop.azure.faults.add({ method: "DELETE", times: 1, answer: "never-applied" });
  await laptop.run(12 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: true });
  laptop.write("DELETE", `${clusterId}?${version}&underlyingResourceAction=Delete`);
  await laptop.run(24 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: false });
  expect(trail(await laptop.records(clusterId))).toBe(whole);
});

test("a cluster that could not be made again is not deleted a second time because its nodes moved", async () => {
  const laptop = await made(clusterBody());
  while (deletes(laptop).length === 0) await laptop.run(30);
  const error = { error: { code: "PropertyNotAllowed", message: "Not in this region." } };
  const restore = laptop.azure.faults.add({
    method: "PUT",
    times: 3,
    answer: { status: 400, body: error },
  });
  await laptop.run(24 * 3600);
  restore();
  for (let day = 0; day < 3; day++) {
    await laptop.look(clusterId);
    await laptop.run(3600);
  }
  expect(deletes(laptop)).toHaveLength(1);
});

test("a job that runs for two days is waited for, once a person approved, without giving anything up", async () => {
  const laptop = await made(clusterBody(), { allowComputeRecreate: false });
  laptop.azure.load([
    {
      id: `${workspaceId}/jobs/long`,
      type: "Microsoft.MachineLearningServices/workspaces/jobs",
      name: "long",
      runsForSeconds: 2 * 24 * 3600,
      properties: { jobType: "Command", computeId: clusterId, status: "Running" },
    },
  ]);
  await laptop.run(600);
  const id = (await finding(laptop))?.id ?? "";
  const said = { answer: "approve", by: "a person", reason: "when it is done" } as const;
  await answer(laptop.portsFor("run"), { id, ...said });
  await laptop.run(40 * 3600);
  expect(laptop.queue, "one message waits, however long").toHaveLength(1);
  expect(laptop.writes()).toEqual([]);
  expect((await finding(laptop))?.decision).toMatchObject({ do: "wait" });
  expect(await laptop.tables("poison").rows("2026-11-25", "0", "~")).toEqual([]);
  await laptop.run(3 * 24 * 3600);
  expect(await nodes(laptop)).toMatchObject({ enableNodePublicIp: false });
});

test("a person deletes it while it drains: it is not made again", async () => {
  const laptop = await made(clusterBody());
  while (laptop.writes().length === 0) await laptop.run(30);
  laptop.write("DELETE", `${clusterId}?${version}&underlyingResourceAction=Delete`);
  await laptop.run(24 * 3600);
  expect(await laptop.seen(clusterId)).toBeUndefined();
  expect(laptop.writes()).toHaveLength(1);
  expect((await laptop.records(clusterId)).at(-1)?.entry.action).toBe("failed");
});
