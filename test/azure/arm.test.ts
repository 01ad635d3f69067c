import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeCertificate } from "../../dev/certificate.ts";
import { createArm } from "../../src/azure/arm.ts";
import type { Arm } from "../../src/azure/arm-answers.ts";
import { createGraph } from "../../src/azure/graph.ts";
import { createReads } from "../../src/azure/reads.ts";
import { createSend } from "../../src/azure/send.ts";
import { AirlockError } from "../../src/model/airlock-error.ts";
import type { Reads, Send } from "../../src/pipeline/ports.ts";

const account =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/a";
const accounts = "microsoft.cognitiveservices/accounts";

type Answer = Readonly<{ status: number; headers?: Record<string, string>; body?: unknown }>;
type Asked = Readonly<{
  method: string;
  url: string;
  headers: Record<string, unknown>;
  body: string;
}>;

let server: Server;
let endpoint: string;
let arm: Arm;
let reads: Reads;
let send: Send;
let asked: Asked[] = [];
let answer: (it: Asked) => Answer | "cut";

beforeAll(async () => {
  const { key, cert } = await makeCertificate();
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), cert]);
  server = createServer({ key, cert }, async (request, response) => {
    const chunks = await request.toArray();
    const { method = "", url = "", headers } = request;
    const it = { method, url, headers, body: Buffer.concat(chunks).toString() };
    asked.push(it);
    const said = answer(it);
    if (said === "cut") return void request.socket.destroy();
    response.writeHead(said.status, said.headers);
    response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credential = {
    getToken: async () => ({ token: "secret", expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  arm = createArm({ endpoint, credential });
  reads = createReads(arm, createGraph(arm, credential));
  send = createSend(arm);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
});

const errorIn = async (work: Promise<unknown>): Promise<AirlockError> => {
  const error = await work.then(
    () => undefined,
    (it: unknown) => it,
  );
  if (error instanceof AirlockError) return error;
  throw new Error(`No error of ours: ${error}`);
};

test("a resource is as ARM wrote it, without its nulls, its type in lower case", async () => {
  const properties = { publicNetworkAccess: "Enabled", notInAnySdk: { a: null } };
  const systemData = { createdAt: "2026-01-01T00:00:00Z" };
  const type = "Microsoft.CognitiveServices/accounts";
  answer = () => ({
    status: 200,
    body: { id: account, name: "a", type, etag: '"x"', tags: null, systemData, properties },
  });
  expect(await reads.get(accounts, account)).toEqual({
    id: account,
    name: "a",
    type: accounts,
    etag: '"x"',
    systemData,
    properties,
  });
  expect(asked[0]?.url).toBe(`${account}?api-version=2025-06-01`);
  expect(asked[0]?.headers["authorization"]).toBe("Bearer secret");
});

test.each<[string, string]>([
  ["an empty 404", ""],
  ["a 404 of the gateway", '{"error":{"code":"ResourceNotFound"}}'],
  ["a 404 of a group", '{"error":{"code":"ResourceGroupNotFound"}}'],
  ["a 404 of ML", '{"error":{"code":"UserError","innerError":{"code":"NotFoundError"}}}'],
])("%s means gone", async (_what, body) => {
  answer = () => ({ status: 404, body });
  expect(await reads.get(accounts, account)).toBeUndefined();
  expect(await reads.list("microsoft.authorization/locks", account)).toEqual([]);
});

test.each<[string, string, "stop" | "retry"]>([
  ["a subscription", '{"error":{"code":"SubscriptionNotFound"}}', "stop"],
  ["a type", '{"error":{"code":"InvalidResourceType"}}', "stop"],
  ["a page", "<!DOCTYPE html><title>404</title>", "retry"],
])("a 404 about %s does not", async (_what, body, kind) => {
  answer = () => ({ status: 404, body });
  expect((await errorIn(reads.get(accounts, account))).kind).toBe(kind);
  expect((await errorIn(reads.list("microsoft.authorization/locks", account))).kind).toBe(kind);
});

test.each(["<html>busy</html>", "", '{"id":"/sub', "[]", "null"])(
  "an answer that is no resource is not taken for one: %s",
  async (body) => {
    answer = () => ({ status: 200, body });
    expect((await errorIn(reads.get(accounts, account))).kind).toBe("retry");
  },
);

test("a list has all pages, empty ones followed, locks under the whole name of their type", async () => {
  const page = (value: object[], next?: number) => ({
    status: 200,
    body: { value, ...(next && { nextLink: `${endpoint}${account}/x?%24skiptoken=${next}` }) },
  });
  answer = ({ url }) => {
    if (url.endsWith("=1")) return page([], 2);
    return url.endsWith("=2") ? page([{ id: "c" }]) : page([{ id: "a" }, { id: "b" }], 1);
  };
  const found = await reads.list("microsoft.authorization/locks", account);
  expect(found.map((it) => it.id)).toEqual(["a", "b", "c"]);
  expect(asked.map((it) => it.url)).toEqual([
    `${account}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`,
    `${account}/x?%24skiptoken=1`,
    `${account}/x?%24skiptoken=2`,
  ]);
});

test("half a list is no list", async () => {
  const nextLink = `${endpoint}${account}/next`;
  for (const second of [{ status: 404 }, { status: 200, body: {} }]) {
    answer = ({ url }) =>
      url.endsWith("next") ? second : { status: 200, body: { value: [{ id: "a" }], nextLink } };
    expect((await errorIn(arm.list(`${account}/computes`))).kind).toBe("retry");
  }
});

test("a page's link to another host, port or scheme is not followed", async () => {
  const { port } = new URL(endpoint);
  for (const there of [
    "https://evil.example",
    `http://127.0.0.1:${port}`,
    "https://127.0.0.1:1",
    "nonsense",
  ]) {
    answer = () => ({ status: 200, body: { value: [], nextLink: `${there}/x?t=SECRET` } });
    const error = await errorIn(arm.list(`${account}/computes`));
    expect(error.kind).toBe("stop");
    expect(error.message).not.toContain("SECRET");
  }
});

test.each([
  "",
  "alias.guid.azure.privatelinkservice",
  "https://evil.example/x",
  `${account}?api-version=1`,
  `${account}#x`,
  `${account}/../b`,
  `${account}/%2e%2e/b`,
  `${account}//b`,
])("what is no id is not asked for: %s", async (id) => {
  expect((await errorIn(reads.get(accounts, id))).kind).toBe("invalid");
  expect((await errorIn(reads.list(accounts, id))).kind).toBe("invalid");
  expect((await errorIn(reads.permissions(id))).kind).toBe("invalid");
  expect(asked).toEqual([]);
});

test("a write is sent once, under its record's id, and ends when ARM takes it", async () => {
  const headers = { "retry-after": "10", "azure-asyncoperation": `${endpoint}/operation` };
  answer = () => ({ status: 202, headers });
  const url = `${account}?api-version=2025-06-01`;
  const body = { properties: { publicNetworkAccess: "Disabled" } };
  const accepted = await send({ method: "PATCH", url, body }, "record-1");
  expect(accepted).toEqual({ status: 202, retryAfterSeconds: 10 });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: "PATCH", url, body: JSON.stringify(body) });
  expect(asked[0]?.headers).toMatchObject({
    "x-ms-client-request-id": "record-1",
    "content-type": "application/json",
  });
});

test.each<[string, Answer | "cut", Partial<AirlockError>]>([
  ["cut", "cut", { kind: "retry", isAmbiguous: true }],
  ["met by a gateway", { status: 503, body: "<html>" }, { kind: "retry", isAmbiguous: true }],
  [
    "throttled",
    { status: 429, headers: { "retry-after": "1" }, body: "" },
    { kind: "retry", isAmbiguous: false, retryAfterSeconds: 1 },
  ],
  [
    "locked",
    { status: 409, body: { error: { code: "ScopeLocked", message: "Locked." } } },
    { kind: "denied", isAmbiguous: false, code: "ScopeLocked" },
  ],
])("a write that was %s is not sent again", async (_what, said, expected) => {
  answer = () => said;
  const url = `${account}?api-version=2025-06-01`;
  expect(await errorIn(send({ method: "DELETE", url }, "record-2"))).toMatchObject(expected);
  expect(asked).toHaveLength(1);
});

test("Resource Graph is read to its last page, in the subscription that was asked for", async () => {
  const row = (id: string) => ({
    id,
    name: id,
    type: accounts,
    sku: null,
    kind: "",
    properties: {},
  });
  answer = ({ body }) => {
    const { $skipToken } = JSON.parse(body).options;
    const more = $skipToken ? {} : { $skipToken: "more" };
    const data = [row($skipToken ? "/b" : "/a")];
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: { totalRecords: 2, count: 1, resultTruncated: "false", facets: [], data, ...more },
    };
  };
  const found = await reads.all(accounts, "00000000-0000-4000-8000-000000000001");
  expect(found).toEqual([
    { id: "/a", name: "/a", type: accounts, properties: {} },
    { id: "/b", name: "/b", type: accounts, properties: {} },
  ]);
  expect(JSON.parse(asked[1]?.body ?? "")).toMatchObject({
    subscriptions: ["00000000-0000-4000-8000-000000000001"],
    options: { $skipToken: "more", $top: 1000 },
  });
  expect(await reads.zonesNamed(["privatelink.openai.azure.com"])).toEqual(["/a", "/b"]);
});

test("rows too large for one answer are asked for in smaller pages, and none is lost", async () => {
  const all = ["/a", "/b", "/c"];
  answer = ({ body }) => {
    const { $top, $skipToken } = JSON.parse(body).options;
    const headers = { "content-type": "application/json" };
    if ($top > 100) {
      const details = [{ code: "ResponsePayloadTooLarge", message: "…" }];
      return { status: 400, headers, body: { error: { code: "BadRequest", details } } };
    }
    const at = Number($skipToken ?? 0);
    const more = at + 1 < all.length ? { $skipToken: String(at + 1) } : {};
    const data = [{ id: all[at] }];
    const counted = { totalRecords: 3, count: 1, resultTruncated: "false", facets: [] };
    return { status: 200, headers, body: { ...counted, data, ...more } };
  };
  expect(await reads.zonesNamed(["x"])).toEqual(all);
});

test("what Resource Graph refuses is told like any answer of ARM", async () => {
  const body = {
    error: { code: "BadRequest", details: [{ code: "ParserFailure", message: "…" }] },
  };
  answer = () => ({ status: 400, headers: { "content-type": "application/json" }, body });
  expect(await errorIn(reads.zonesNamed(["x"]))).toMatchObject({
    kind: "invalid",
    code: "ParserFailure",
    isAmbiguous: false,
  });
});
