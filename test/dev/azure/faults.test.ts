import { describe, expect, test } from "vitest";
import type { Fault } from "../../../dev/azure/layers/faults.ts";
import { group, localAzure, text } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };
const made = { body: { location: "westeurope", kind: "OpenAI", sku: { name: "S0" } } };

function withAccount(plan: readonly Fault[] = []) {
  const local = localAzure();
  const { call, azure, advance } = local;
  call("PUT", account, made);
  advance(60);
  azure.faults.load(JSON.parse(JSON.stringify(plan)));
  const access = () => call("GET", account).body["properties"]?.["publicNetworkAccess"];
  return { ...local, access, statuses: statusesOf(call) };
}

const statusesOf = (call: (method: string, id: string) => { status: number }) => (count: number) =>
  Array.from({ length: count }, () => call("GET", account).status);

describe("which call and which time", () => {
  const busy = { status: 503, body: "<html>busy</html>" };

  test("the next two, and then no more", () => {
    const { statuses } = withAccount([{ times: 2, answer: busy }]);
    expect(statuses(4)).toEqual([503, 503, 200, 200]);
  });

  test("only the third call", () => {
    const { statuses } = withAccount([{ skip: 2, times: 1, answer: busy }]);
    expect(statuses(4)).toEqual([200, 200, 503, 200]);
  });

  test("from one moment of the clock to another", () => {
    const [from, until] = ["2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"];
    const { statuses, advance } = withAccount([{ from, until, answer: busy }]);
    expect(statuses(1)).toEqual([200]);
    advance(3600);
    expect(statuses(2)).toEqual([503, 503]);
    advance(3600);
    expect(statuses(1)).toEqual([200]);
  });

  test("by verb and by a part of the address, in any case", () => {
    const { call, statuses } = withAccount([
      { method: "PATCH", urlIncludes: "/ACCOUNTS/acc", answer: busy },
    ]);
    expect(statuses(1)).toEqual([200]);
    expect(call("PATCH", account, close).status).toBe(503);
    expect(call("PATCH", account.replace(/acc$/, "other"), close).status).toBe(404);
  });

  test("the plan says what is still to come, and is forgotten", () => {
    const plan: Fault[] = [{ method: "GET", times: 2, answer: busy }, { answer: "hang" }];
    const { azure, statuses } = withAccount(plan);
    statuses(1);
    expect(azure.faults.list()).toEqual([{ method: "GET", times: 1, answer: busy }, plan[1]]);
    azure.faults.clear();
    expect(azure.faults.list()).toEqual([]);
    expect(statuses(1)).toEqual([200]);
  });
});

describe("a plan that is wrong names its field, and nothing of it counts", () => {
  test.each([
    [{}, "The plan must be a list of faults."],
    [[[]], "[0] must be an object."],
    [[{ answer: "cut" }, { times: 1 }], "[1].answer must be there."],
    [[{ answer: "explode" }], "[0].answer must be one of cut, hang,"],
    [[{ answer: { status: 20 } }], "[0].answer.status must be a whole number from 100 to 599."],
    [[{ answer: { status: 500, headers: { a: 1 } } }], "[0].answer.headers must be an object"],
    [[{ answer: { status: 500, code: "x" } }], "[0].answer.code must be one of status,"],
    [[{ answer: { stale: "1" } }], "[0].answer.stale must be a number of seconds."],
    [[{ answer: "cut", urlInclude: "x" }], "[0].urlInclude must be one of answer, method,"],
    [[{ answer: "cut", toString: "x" }], "[0].toString must be one of"],
    [[{ answer: "cut", times: 0 }], "[0].times must be a whole number from 1."],
    [[{ answer: "cut", method: "get" }], "[0].method must be a verb in capitals."],
    [[{ answer: "cut", from: "soon" }], "[0].from must be an ISO date."],
  ])("%j", (plan, words) => {
    const { azure } = localAzure();
    expect(() => azure.faults.load(plan)).toThrow(words);
    expect(azure.faults.list()).toEqual([]);
  });
});

describe("what becomes of a write", () => {
  test("cut: nothing was done and nothing is answered; lost: done, and nothing is answered", () => {
    const { azure, call, advance, access } = withAccount();
    azure.faults.add({ method: "PATCH", times: 1, answer: "cut" });
    expect(call("PATCH", account, close)).toMatchObject({ socket: "cut", status: 0 });
    advance(60);
    expect(access()).toBe("Enabled");
    azure.faults.add({ method: "PATCH", times: 1, answer: "lost" });
    expect(call("PATCH", account, close)).toMatchObject({ socket: "cut" });
    advance(60);
    expect(access()).toBe("Disabled");
  });

  test("an operation that fails, and one that fails although it was applied", () => {
    const { azure, call, send, advance, access } = withAccount();
    const ended = (): unknown => {
      const { headers } = call("PATCH", account, close);
      advance(60);
      return send("GET", headers["azure-asyncoperation"] ?? "").body;
    };
    azure.faults.add({ times: 1, answer: "lro-fails" });
    expect(ended(), "manners 1.4").toMatchObject({ status: "Failed" });
    expect(access()).toBe("Enabled");
    azure.faults.add({ times: 1, answer: "lro-fails-but-applied" });
    expect(ended(), "general 7").toMatchObject({ status: "Failed" });
    expect(access()).toBe("Disabled");
  });

  test("never applied: answered, polled to success, told by an event, and not done", () => {
    const { call, send, advance, access, events } = withAccount([
      { method: "PATCH", times: 1, answer: "never-applied" },
    ]);
    const before = call("GET", account);
    const answer = call("PATCH", account, close);
    expect([answer.status, answer.body["properties"]?.["publicNetworkAccess"]]).toEqual([
      202,
      "Disabled",
    ]);
    expect(call("GET", account).body, "not even while it runs").toEqual(before.body);
    advance(60);
    const poll = send("GET", answer.headers["azure-asyncoperation"] ?? "");
    expect(poll.body).toMatchObject({ status: "Succeeded" });
    expect(call("GET", account).body).toEqual(before.body);
    expect(events.at(-1)?.eventType).toBe("Microsoft.Resources.ResourceWriteSuccess");
    call("PATCH", account, close);
    advance(60);
    expect(access(), "the next one is done").toBe("Disabled");
  });

  test.each(["PUT", "DELETE"])("a %s at once can be lost too", (method) => {
    const { azure, call } = localAzure();
    const lock = `${group}/providers/Microsoft.Authorization/locks/l`;
    const ask = (level: string) => ({
      version: "2016-09-01",
      ...(method === "PUT" && { body: { properties: { level } } }),
    });
    call("PUT", lock, { version: "2016-09-01", body: { properties: { level: "CanNotDelete" } } });
    azure.faults.add({ method, times: 1, answer: "never-applied" });
    expect(call(method, lock, ask("ReadOnly")).status).toBe(200);
    const { status, body } = call("GET", lock, { version: "2016-09-01" });
    expect([status, body["properties"]]).toEqual([200, { level: "CanNotDelete" }]);
  });

  test("a DELETE that runs can be lost: nothing is gone at its end", () => {
    const { azure, call, send, advance } = localAzure();
    azure.faults.add({ method: "DELETE", times: 1, answer: "never-applied" });
    const version = { version: "2021-04-01" };
    const { headers } = call("DELETE", group, version);
    advance(120);
    expect(send("GET", headers["location"] ?? "").status, "manners 1.2").toBe(200);
    const { body } = call("GET", group, version);
    expect(body["properties"]).toEqual({ provisioningState: "Succeeded" });
  });

  test("slow: done, and answered so many real seconds late", () => {
    const { call } = withAccount([{ answer: { seconds: 3 } }]);
    expect(call("GET", account)).toMatchObject({ status: 200, seconds: 3 });
  });

  test("a status of its own leaves all as it was, and carries its label", () => {
    const answer = {
      status: 429,
      headers: { "retry-after": "7" },
      body: { error: { code: "TooManyRequests", message: "Later." } },
    };
    const { call, access } = withAccount([{ method: "PATCH", times: 1, answer }]);
    const refused = call("PATCH", account, close);
    expect(refused).toMatchObject({ status: 429, fault: true });
    expect([refused.headers["retry-after"], text(refused)]).toEqual([
      "7",
      expect.stringContaining("Later."),
    ]);
    expect(access()).toBe("Enabled");
  });
});
