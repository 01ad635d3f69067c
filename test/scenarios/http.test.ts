import { afterAll, beforeAll, expect, test } from "vitest";
import type { Laptop } from "../../dev/laptop.ts";
import { runUntilQuiet, settle } from "../../dev/turn.ts";
import { createAirlock } from "../../src/airlock.ts";
import { callerOf } from "../../src/api/caller.ts";
import { createApi } from "../../src/api/routes.ts";
import { readConfig } from "../../src/config.ts";
import { findingId } from "../../src/pipeline/judge.ts";
import { account, accountId, endpoint, endpointId, group, reachable } from "../support/estates.ts";
import { subscription } from "../support/laptop.ts";
import {
  accessOf,
  ask,
  everything,
  openAccount,
  property,
  rowsOf,
  startApp,
  statusOf,
  type Told,
  withoutTimers,
} from "./app.ts";

const accounts = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const ruleId = "account-public-network-access-disabled";
const named = (name: string, publicNetworkAccess: string) =>
  account({ publicNetworkAccess, customSubDomainName: name }, { id: `${accounts}/${name}`, name });

/** Two accounts whose findings' ids begin with the same four digits. */
function twins(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let n = 0; ; n++) {
    const name = `twin-${n}`;
    const prefix = findingId(ruleId, `${accounts}/${name}`).slice(0, 4);
    const other = seen.get(prefix);
    if (other !== undefined) return [other, name];
    seen.set(prefix, name);
  }
}
const [twin, otherTwin] = twins();

/** Needs three zones, of which the estate has one. */
const foundry = { id: `${accounts}/foundry`, name: "foundry" };

let laptop: Laptop;

beforeAll(async () => {
  laptop = await startApp({
    settings: withoutTimers,
    estate: [
      account(),
      ...reachable(),
      named("lonely", "Enabled"),
      named(twin, "Enabled"),
      named(otherTwin, "Enabled"),
      named("other", "Disabled"),
      account({ customSubDomainName: "foundry" }, { ...foundry, kind: "AIServices" }),
      JSON.parse(JSON.stringify(endpoint()[1]).replaceAll("openai-prod", "foundry")),
    ],
  });
});
afterAll(() => laptop.close());

const provisioningOf = (id: string) => property(laptop, id, "2025-06-01", "provisioningState");
const evaluate = (body: object) => ask(laptop, "/api/evaluate", body);
const approve = (id: string) => ask(laptop, "/api/approvals", { id, reason: "a test" });

function expectProblem({ status, type, body }: Told, wanted: number, detail: RegExp | string) {
  expect(type).toBe("application/problem+json");
  expect(body).toEqual({ status: wanted, title: expect.any(String), detail: expect.any(String) });
  expect(body.detail).toMatch(detail);
  expect(status).toBe(wanted);
}

test("a compliant resource is answered with its findings, in either case of its id", async () => {
  for (const resourceId of [accountId, accountId.toUpperCase().replace("/SUBSCR", "/subscr")]) {
    const { status, type, body } = await evaluate({ resourceId });
    expect([status, type]).toEqual([200, "application/json"]);
    expect(body).toMatchObject({
      resourceId: accountId,
      findings: [{ ruleId, verdict: "compliant", decision: { do: "nothing" }, journal: [] }],
    });
    expect(body.statusUrl).toBeUndefined();
  }
});

test("observing says what would be done, and writes nothing", async () => {
  await evaluate({ resourceId: `${accounts}/${twin}` }); // the first finding of all keeps when Airlock came
  const before = await everything(laptop);
  const { status, body } = await evaluate({ resourceId: `${accounts}/lonely`, mode: "observe" });
  expect(status).toBe(200);
  expect(body.findings).toMatchObject([
    {
      verdict: "violation",
      decision: { do: "hold" },
      requests: [{ method: "PATCH", body: { properties: { publicNetworkAccess: "Disabled" } } }],
    },
  ]);
  expect(await everything(laptop)).toEqual(before);
  expect(accessOf(laptop, `${accounts}/lonely`)).toBe("Enabled");
});

test("while work goes on it is 202, with the address of the same object", async () => {
  openAccount(laptop, accountId);
  while (provisioningOf(accountId) !== "Succeeded") laptop.clock.advance(30);
  const asked = await evaluate({ resourceId: accountId });
  expect(asked.status).toBe(202);
  expect(asked.body.findings).toMatchObject([
    { ruleId, journal: [{ entry: { action: "intended" } }, { entry: { action: "applied" } }] },
  ]);
  expect(asked.body.statusUrl).toBe(asked.location);
  expect(await ask(laptop, asked.location)).toEqual(asked);
  await runUntilQuiet(laptop, 3600);
  const after = await ask(laptop, asked.location);
  expect(after.status).toBe(200);
  expect(after.body.findings).toMatchObject([
    { verdict: "compliant", journal: [{}, {}, { entry: { action: "verified" } }] },
  ]);
  expect(accessOf(laptop, accountId)).toBe("Disabled");
});

const foreign = accountId.replace(subscription, "99999999-0000-4000-8000-000000000001");
const questions: readonly (readonly [string, unknown, RegExp])[] = [
  ["another mode", { resourceId: accountId, mode: "enforce" }, /^mode: .*observe/],
  ["an unknown field", { resourceId: accountId, force: true }, /"force"/],
  ["no resourceId", {}, /^resourceId: /],
  ["an empty resourceId", { resourceId: "" }, /^resourceId: /],
  ["a resourceId that is no text", { resourceId: 1 }, /^resourceId: /],
  ["a resourceId that is too long", { resourceId: `/${"a".repeat(2048)}` }, /^resourceId: /],
  ["another's subscription", { resourceId: foreign }, /^resourceId: .*not served/],
  ["a path that goes up", { resourceId: `${accountId}/../x` }, /^resourceId /],
  ["a query in the id", { resourceId: `${accountId}?api-version=1` }, /^resourceId /],
  ["an encoded slash", { resourceId: `${accountId}%2f..` }, /^resourceId /],
  ["an id of a URL", { resourceId: `https://management.azure.com${accountId}` }, /^resourceId /],
  ["an id without a name", { resourceId: accounts }, /^resourceId /],
  [
    "a type that no rule is about",
    { resourceId: `${group}/providers/Microsoft.Compute/virtualMachines/vm` },
    /^resourceId: no rule is about microsoft.compute\/virtualmachines/,
  ],
  ["a list", [{ resourceId: accountId }], /^body: /],
  ["null", null, /^body: /],
];

test.for(questions)("%s is refused, and the field is named", async ([, body, detail]) => {
  expectProblem(await ask(laptop, "/api/evaluate", body), 400, detail);
});

test("a resource that ARM does not know is said to be missing when observed", async () => {
  const resourceId = `${accounts}/nowhere`;
  expectProblem(await evaluate({ resourceId, mode: "observe" }), 400, /^resourceId: .*not there/);
});

const refusals = [
  [403, { error: { code: "AuthorizationFailed", message: "no" } }, 502],
  [429, { error: { code: "TooManyRequests", message: "later" } }, 503],
] as const;

test("what ARM answers is told apart: it refused, or it can be asked again", async () => {
  const resourceId = `${accounts}/other`;
  for (const [status, body, told] of refusals) {
    const answer = { status, body, headers: { "retry-after": "60" } };
    const restore = laptop.azure.faults.add({ method: "GET", urlIncludes: "/other", answer });
    expectProblem(await evaluate({ resourceId, mode: "observe" }), told, body.error.code);
    restore();
  }
});

test("what cannot be read is answered as unknown, and counts as nothing better", async () => {
  const [[status, body]] = refusals;
  const fault = { method: "GET", urlIncludes: "/unread", answer: { status, body } };
  const restore = laptop.azure.faults.add(fault);
  const told = await evaluate({ resourceId: `${accounts}/unread` });
  restore();
  expect([told.status, told.body.findings]).toMatchObject([
    200,
    [{ verdict: "unknown", decision: { do: "report" }, requests: [], journal: [] }],
  ]);
});

test("a body must be JSON, and be sent as JSON", async () => {
  const post = (type: string, body: string) =>
    ask(laptop, "/api/evaluate", undefined, {
      method: "POST",
      body,
      headers: { "x-functions-key": laptop.host?.key ?? "", "content-type": type },
    });
  const good = JSON.stringify({ resourceId: `${accounts}/other`, mode: "observe" });
  expect((await post("application/json; charset=utf-8", good)).status).toBe(200);
  expectProblem(await post("application/json", "{resourceId"), 400, "not JSON");
  expectProblem(await post("application/json", ""), 400, "not JSON");
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
    expectProblem(await post(type, good), 400, "content-type");
});

test("the status of what nobody looked at is empty; it names what is wrong with its question", async () => {
  const { status, body } = await statusOf(laptop, `${accounts}/other`);
  expect([status, body]).toEqual([200, { resourceId: `${accounts}/other`, findings: [] }]);
  expectProblem(await ask(laptop, "/api/status"), 400, "resourceId");
  expectProblem(await statusOf(laptop, foreign), 400, "not served");
});

test("an approval takes what begins one finding only, and the account is closed", async () => {
  for (const name of ["lonely", twin, otherTwin]) {
    const { status, body } = await evaluate({ resourceId: `${accounts}/${name}` });
    expect([name, status, body.findings?.[0]?.decision.do]).toEqual([name, 200, "hold"]);
  }
  const id = findingId(ruleId, `${accounts}/lonely`);
  const shared = findingId(ruleId, `${accounts}/${twin}`).slice(0, 4);
  expectProblem(await approve(shared), 400, /^id .*several/);
  expectProblem(await approve("0".repeat(16)), 400, /^id .*no such finding/);
  expectProblem(await approve(id.slice(0, 3)), 400, /^id /);
  expectProblem(await approve("zzzz"), 400, /^id /);
  const { status, body } = await approve(id.slice(0, 5));
  const by = "you (local)";
  const resourceId = `${accounts}/lonely`;
  expect([status, body]).toEqual([200, { id, resourceId, answer: "approve", by }]);
  await runUntilQuiet(laptop, 3600);
  expect(accessOf(laptop, resourceId)).toBe("Disabled");
  for (const name of [twin, otherTwin])
    expect(accessOf(laptop, `${accounts}/${name}`)).toBe("Enabled");
});

test("a rejection is kept: the finding stays held", async () => {
  const resourceId = `${accounts}/${twin}`;
  const id = findingId(ruleId, resourceId);
  const asked = { id, reason: "a test", answer: "reject" };
  expect((await ask(laptop, "/api/approvals", asked)).body.answer).toBe("reject");
  await runUntilQuiet(laptop, 3600);
  const { body } = await statusOf(laptop, resourceId);
  expect(body.findings).toMatchObject([
    { decision: { do: "hold" }, journal: [{ entry: { action: "rejected", reason: "a test" } }] },
  ]);
  expect(accessOf(laptop, resourceId)).toBe("Enabled");
});

test("what has no plan cannot be approved", async () => {
  const resourceId = endpointId.replace("openai-prod", "foundry");
  const { status, body } = await evaluate({ resourceId });
  expect([status, body.findings]).toMatchObject([
    200,
    [{ verdict: "violation", decision: { do: "report" }, requests: [] }],
  ]);
  expectProblem(await approve(body.findings?.[0]?.id ?? ""), 400, /^id .*nothing is planned/);
});

test.for([
  [{ reason: "a test" }, /^id: /],
  [{ id: "abcd" }, /^reason: /],
  [{ id: "abcd", reason: "" }, /^reason: is empty/],
  [{ id: "abcd", reason: "a test", answer: "maybe" }, /^answer: /],
  [{ id: "abcd", reason: "a test", by: "me" }, /"by"/],
] as const)("an approval like %j is refused, and the field is named", async ([body, detail]) => {
  expectProblem(await ask(laptop, "/api/approvals", body), 400, detail);
});

test("what is no route is 404, and without the key there is nothing but 401", async () => {
  const key = { "x-functions-key": laptop.host?.key ?? "" };
  for (const path of ["/", "/api", "/api/", "/api/findings", "/api/evaluate/more", "/status"]) {
    expectProblem(await ask(laptop, path), 404, path);
    expect((await ask(laptop, path, undefined, { headers: {} })).status).toBe(401);
  }
  expectProblem(await ask(laptop, "/api/evaluate"), 404, "GET /api/evaluate");
  for (const headers of [{}, { "x-functions-key": "wrong" }, { authorization: "Bearer x" }])
    expect((await ask(laptop, "/api/evaluate", {}, { headers })).status).toBe(401);
  expect(
    (await ask(laptop, "/api/status", undefined, { method: "PUT", headers: key })).status,
  ).toBe(404);
});

const principal = (...claims: readonly (readonly [string, string])[]) => ({
  "x-ms-client-principal": Buffer.from(
    JSON.stringify({ claims: claims.map(([typ, val]) => ({ typ, val })) }),
  ).toString("base64"),
});
const reader = principal(["name", "R"], ["roles", "Airlock.Reader"]);
const operator = principal(["preferred_username", "o@x.example"], ["roles", "Airlock.Operator"]);
const nobody = principal(["name", "N"]);
const stranger = principal(["name", "S"], ["roles", "Another.Role"]);

test("with App Service Authentication a route answers only who holds its role", async () => {
  const api = createApi(createAirlock(readConfig({ ...laptop.env, WEBSITE_AUTH_ENABLED: "True" })));
  const env = { invocation: { runId: "a test", log() {} }, origin: "https://airlock.example" };
  const status = `/api/status?${new URLSearchParams({ resourceId: accountId })}`;
  const body = JSON.stringify({ resourceId: accountId, mode: "observe" });
  const ends = async (headers: Record<string, string>) => {
    const json = { ...headers, "content-type": "application/json" };
    const got = await api.request(status, { headers }, env);
    const sent = await api.request("/api/evaluate", { method: "POST", headers: json, body }, env);
    return [got.status, sent.status];
  };
  expect(await ends({})).toEqual([401, 401]);
  expect(await ends({ "x-ms-client-principal": "not base64 of JSON" })).toEqual([401, 401]);
  expect(await ends({ "x-functions-key": laptop.host?.key ?? "" })).toEqual([401, 401]);
  expect(await ends(nobody)).toEqual([403, 403]);
  expect(await ends(stranger)).toEqual([403, 403]);
  expect(await ends(reader)).toEqual([200, 403]);
  expect(await ends(operator)).toEqual([403, 200]);
});

test("the principal's header counts only where the platform vouches for it", () => {
  const headers = new Headers(operator);
  const roles = ["Airlock.Reader", "Airlock.Operator"];
  const callers = [
    [true, undefined, { name: "o@x.example", roles: ["Airlock.Operator"] }],
    [true, "dev", { name: "o@x.example", roles: ["Airlock.Operator"] }],
    [false, "dev", { name: "dev (local)", roles }],
    [false, undefined, { name: "the holder of the function key", roles }],
  ] as const;
  for (const [hasEasyAuth, developer, caller] of callers)
    expect(callerOf(headers, { hasEasyAuth, developer })).toEqual(caller);
});

test("a principal without a name is nobody, and odd characters of a name go", () => {
  const trust = { hasEasyAuth: true, developer: undefined };
  const of = (it: Record<string, string>) => callerOf(new Headers(it), trust);
  expect(of(principal(["roles", "Airlock.Operator"]))).toBeUndefined();
  expect(of(principal())).toBeUndefined();
  expect(of(principal(["name", "a\u001b[31m\u202eb"]))?.name).toBe("a[31mb");
  expect(of(principal(["name", "a".repeat(300)]))?.name).toHaveLength(200);
  expect(of(principal(["name", "N"], ["roles", "a"], ["roles", "b"]))?.roles).toEqual(["a", "b"]);
});

test("what people asked leaves no message behind that nobody took", async () => {
  await settle(laptop);
  expect(await rowsOf(laptop, "poison")).toEqual([]);
});
