import { expect, test } from "vitest";
import { createArm } from "../../../dev/azure/arm.ts";
import { parentNotFound } from "../../../dev/azure/existence.ts";
import type { Course, Kind } from "../../../dev/azure/kinds.ts";
import { plain } from "../../../dev/azure/kinds.ts";
import { resourcesKinds } from "../../../dev/azure/providers/resources.ts";
import { createWorld } from "../../../dev/azure/world.ts";
import { group, type Shown } from "./local-azure.ts";

const versions = ["2024-06-01"];
const thing = `${group}/providers/Local.Test/things/t`;

/** One made-up type on the bare kernel; every course below was recorded for a real one. */
function withKind(kind: Partial<Kind>, ...others: Kind[]) {
  let now = new Date("2026-11-24T08:00:00Z");
  const things: Kind = { type: "Local.Test/things", versions, etag: (it) => it.guid(), ...kind };
  const world = createWorld({
    now: () => now,
    seed: 1,
    delays: "recorded",
    anySubscription: true,
    kinds: [...resourcesKinds, things, ...others],
  });
  world.put({ id: group, name: "rg", type: "Microsoft.Resources/resourceGroups", properties: {} });
  const arm = createArm(world, [], () => {});
  const send = (method: string, url: string, body?: object) => {
    const answer = arm({
      method,
      url,
      headers: { host: "arm" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      headers: answer.headers ?? {},
      body: answer.body as never as Shown,
    };
  };
  return {
    world,
    send,
    call: (method: string, id: string, body?: object) =>
      send(method, `${id}?api-version=2024-06-01`, body),
    advance(seconds: number): void {
      now = new Date(now.getTime() + seconds * 1000);
      world.settle();
    },
  };
}

test("Network: 201, one header, Retry-After 10 that grows; DELETE ends in 204", () => {
  const course = ({ wanted }: { wanted: unknown }): Course => {
    const headers = ["Azure-AsyncOperation"] as const;
    const seconds = 40;
    return wanted
      ? { status: 201, state: "Updating", seconds, operation: { dialect: "network", headers } }
      : {
          status: 202,
          state: "Deleting",
          seconds,
          operation: { dialect: "network" },
          answered: () => undefined,
        };
  };
  const { call, send, advance } = withKind({ course });
  const made = call("PUT", thing, { properties: {} });
  expect([made.status, made.headers["retry-after"], made.headers["location"]], "1a").toEqual([
    201,
    "10",
    undefined,
  ]);
  const address = made.headers["azure-asyncoperation"] ?? "";
  const waits = [1, 2, 3, 4, 5, 6, 7].map(() => send("GET", address).headers["retry-after"]);
  expect(waits, "manners 1.3").toEqual(["20", "20", "40", "40", "80", "160", "100"]);
  advance(41);
  const done = send("GET", address);
  expect([done.status, done.body, done.headers["retry-after"]], "1a").toEqual([
    200,
    { status: "Succeeded" },
    undefined,
  ]);
  const gone = call("DELETE", thing);
  expect([gone.status, gone.body], "1a: 202 empty").toEqual([202, undefined]);
  expect(call("GET", thing).body["properties"]?.["provisioningState"]).toBe("Deleting");
  advance(41);
  expect(send("GET", gone.headers["location"] ?? "").status, "1a: operationResults 204").toBe(204);
  expect(call("GET", thing).status).toBe(404);
});

test("Network: tags alone, an operation that is over and no Retry-After", () => {
  const course = (): Course => ({
    status: 200,
    operation: { dialect: "network", headers: ["Azure-AsyncOperation"] },
  });
  const { call } = withKind({ course });
  const answer = call("PUT", thing, { tags: { a: "1" } });
  expect(answer.body["properties"]?.["provisioningState"], "Networking_PrivateEndpoint 21").toBe(
    "Succeeded",
  );
  expect(answer.headers["azure-asyncoperation"]).toBeDefined();
  expect(answer.headers).not.toHaveProperty("retry-after");
});

test("Private DNS: 202 {}, HTTP 202 while running, a precondition that fails inside the poll", () => {
  const operation = { dialect: "privateDns", word: "UpsertPrivateDnsZone" } as const;
  const fails = {
    code: "PreconditionFailed",
    message: "The Zone X exists already and hence cannot be created again.",
  };
  const course = ({ was }: { was: unknown }): Course => ({
    status: 202,
    state: "Updating",
    seconds: 30,
    operation,
    answered: () => ({}),
    ...(was !== undefined && { fails }),
  });
  const { call, send, advance } = withKind({ course });
  const answer = call("PUT", thing, { properties: { a: 1 } });
  expect([answer.status, answer.body, answer.headers["retry-after"]], "1c").toEqual([
    202,
    {},
    "30",
  ]);
  const running = send("GET", answer.headers["azure-asyncoperation"] ?? "");
  expect([running.status, running.body["status"]], "1c").toEqual([202, "InProgress"]);
  expect(running.headers["location"], "1c: both headers again").toBe(answer.headers["location"]);
  advance(31);
  const results = send("GET", answer.headers["location"] ?? "");
  expect([results.status, results.body], "1c: results 200 {}").toEqual([200, {}]);
  const refused = call("PUT", thing, { properties: { a: 2 } });
  expect(refused.status, "1c: accepted").toBe(202);
  advance(31);
  const failed = send("GET", refused.headers["azure-asyncoperation"] ?? "");
  expect([failed.status, failed.body], "1c: under HTTP 200").toEqual([
    200,
    { status: "Failed", error: fails },
  ]);
  expect(call("GET", thing).body["properties"]?.["a"], "nothing was written").toBe(1);
});

test("Search: the value at once, no operation, a state that ends by itself in other words", () => {
  const { call, advance } = withKind({
    inState: (it, state) => {
      const done = state === "Succeeded";
      const words = done
        ? { provisioningState: "succeeded", status: "running" }
        : { provisioningState: state, status: state };
      return { ...it, properties: { ...it.properties, ...words } };
    },
    course: ({ method }) =>
      method === "PATCH" ? { status: 200, state: "provisioning", seconds: 608 } : { status: 201 },
  });
  call("PUT", thing, { properties: {} });
  const answer = call("PATCH", thing, { properties: { publicNetworkAccess: "Disabled" } });
  expect(Object.keys(answer.headers), "1e: no LRO headers").not.toContain("azure-asyncoperation");
  expect(answer.body["properties"], "1e").toMatchObject({
    publicNetworkAccess: "Disabled",
    status: "provisioning",
  });
  advance(607);
  expect(call("GET", thing).body["properties"]?.["status"]).toBe("provisioning");
  advance(2);
  expect(call("GET", thing).body["properties"], "1e").toMatchObject({
    provisioningState: "succeeded",
    status: "running",
  });
});

test("Machine Learning: answers unlike the next GET, an empty 404, a parent named by ARM", () => {
  const inner: Kind = {
    type: "Local.Test/things/computes",
    versions,
    course: ({ was }) => ({
      status: 201,
      state: was ? "Updating" : "Creating",
      seconds: 30,
      operation: { dialect: "computes" },
      answered: (shown) => ({ ...shown, currentNodeCount: null }),
    }),
    show: (it) => ({ ...it, currentNodeCount: 0 }),
    absent: (_target, verb) => (verb === "GET" ? { status: 404 } : undefined),
    orphan: parentNotFound("things/computes"),
  };
  const { call, send, advance } = withKind({}, inner);
  const compute = `${thing}/computes/c`;
  const orphan = call("DELETE", compute);
  expect(orphan.body["error"]?.["message"], "F6.1").toBe(
    `Failed to perform 'delete' on resource(s) of type 'things/computes', because the parent resource '${thing}' could not be found.`,
  );
  call("PUT", thing, { properties: {} });
  expect(call("GET", compute), "row 17").toMatchObject({ status: 404, body: undefined });
  const answer = call("PUT", compute, { properties: {} });
  expect(answer.body["currentNodeCount"], "row 8").toBeNull();
  expect(answer.headers["azure-asyncoperation"], "F2").toMatch(
    /computeOperationsStatus\/.*&service=new&t=/,
  );
  advance(31);
  const done = send("GET", answer.headers["azure-asyncoperation"] ?? "");
  expect(done.body, "F2").toEqual({ status: "Succeeded", percentComplete: 100 });
  expect(call("GET", compute).body["currentNodeCount"]).toBe(0);
});

test("a later write takes over the end of an earlier one; a delete takes children with it", () => {
  const decided: string[] = [];
  const child: Kind = {
    type: "Local.Test/things/children",
    versions,
    settled: (now, was) => void (now ?? decided.push(was?.name ?? "")),
  };
  const course = ({ wanted }: { wanted: unknown }): Course =>
    wanted
      ? { status: 200, state: "Updating", seconds: 10, operation: { dialect: "network" } }
      : { status: 200 };
  const { call, advance } = withKind({ course }, child);
  call("PUT", thing, { properties: { a: 1 } });
  advance(6);
  call("PATCH", thing, { properties: { a: 2 } });
  advance(6);
  expect(call("GET", thing).body["properties"], "still under way").toMatchObject({
    a: 2,
    provisioningState: "Updating",
  });
  advance(6);
  expect(call("GET", thing).body["properties"]?.["provisioningState"]).toBe("Succeeded");
  call("PUT", `${thing}/children/x`, { properties: {} });
  call("DELETE", thing);
  expect(decided, "the child's own effects").toEqual(["x"]);
});

test("a type that is only read takes everything as sent", () => {
  const storage = plain("Microsoft.Storage/storageAccounts", versions);
  const { call } = withKind({}, storage);
  const id = `${group}/providers/Microsoft.Storage/storageAccounts/s`;
  expect(call("PUT", id, { location: "westeurope", properties: { odd: [1] } }).status).toBe(201);
  expect(call("GET", id).body["properties"]).toEqual({ odd: [1], provisioningState: "Succeeded" });
});
