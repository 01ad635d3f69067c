import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { QueueServiceClient } from "@azure/storage-queue";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { installClock } from "../../dev/clock.ts";
import { createHost, type Host } from "../../dev/functions-host/host.ts";
import type { LogLine } from "../../dev/functions-host/load-app.ts";
import { createStorage, type Storage, startStorage } from "../../dev/storage.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Each function says what it got, and fails when it is told to. */
const source = `
  import { app } from "@azure/functions";
  const connection = "AzureWebJobsStorage";
  const handler = (input, context) => {
    context.info(JSON.stringify({ input, metadata: context.triggerMetadata }));
    const { failures = 0 } = input ?? {};
    if ((context.triggerMetadata?.dequeueCount ?? 1) <= failures) throw new Error("as told");
  };
  app.storageQueue("work", { queueName: "work", connection, handler });
  app.storageQueue("workPoison", { queueName: "work-poison", connection, handler });
  app.storageQueue("off", { queueName: "off", connection, handler });
  app.timer("tidy", { schedule: "0 */15 * * * *", handler });
  app.eventGrid("events", { handler });
  app.http("status", {
    route: "status/{name}",
    methods: ["GET"],
    authLevel: "anonymous",
    handler: (request) => ({ status: 203, body: request.params.name }),
  });
  app.http("all", {
    route: "{*path}",
    methods: ["GET", "POST"],
    authLevel: "function",
    handler: async (request) => {
      if (request.params.path === "fail") throw new Error("as told");
      return { jsonBody: { path: request.params.path, body: await request.text() } };
    },
  });
`;

const clock = installClock();
const lines: LogLine[] = [];
let storage: Storage;
let host: Host;

beforeAll(async () => {
  storage = await startStorage();
  await createStorage(storage.connectionString, {
    queues: ["work", "work-poison", "off"],
    tables: [],
    containers: [],
  });
  host = await createHost({
    bundle: await bundleOf(source),
    hostJson: JSON.parse(readFileSync(path.join(root, "host.json"), "utf8")),
    settings: { "AzureWebJobs.off.Disabled": "true" },
    storageConnection: storage.connectionString,
    onLog: (line) => void lines.push(line),
  });
});
afterAll(async () => {
  await host.close();
  await storage.close();
});
beforeEach(async () => {
  await host.tick();
  for (const name of ["work", "work-poison", "off"]) await queueOf(name).clearMessages();
  lines.length = 0;
});

async function bundleOf(contents: string): Promise<string> {
  const outfile = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "main.cjs");
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@azure/functions-core"],
  });
  return outfile;
}

const queueOf = (name: string) =>
  QueueServiceClient.fromConnectionString(storage.connectionString).getQueueClient(name);

const send = (it: unknown) =>
  queueOf("work").sendMessage(Buffer.from(JSON.stringify(it)).toString("base64"));

/** What a function said it got, run after run. */
const heard = (name: string) =>
  lines
    .filter((it) => it.functionName === name && it.level === "information")
    .map((it) => JSON.parse(it.message));

const failures = (name: string) =>
  lines.filter((it) => it.functionName === name && it.level === "error").length;

const countOf = async (name: string) =>
  (await queueOf(name).getProperties()).approximateMessagesCount;

test("a message is handed over parsed, with its metadata, and is gone", async () => {
  const sent = await send({ n: 1 });
  expect(await host.tick()).toBe(1);
  const [run] = heard("work");
  expect(run.input).toEqual({ n: 1 });
  expect(run.metadata).toMatchObject({
    id: sent.messageId,
    dequeueCount: 1,
    queueTrigger: { n: 1 },
  });
  for (const name of ["insertionTime", "expirationTime", "nextVisibleTime"])
    expect(Date.parse(run.metadata[name])).not.toBeNaN();
  expect(await countOf("work")).toBe(0);
});

test("a round works off all that is visible, however much that is", async () => {
  for (let n = 0; n < 11; n++) await send({ n });
  expect(await host.tick()).toBe(11);
  const numbers = heard("work").map((it) => it.input.n);
  expect(numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a failure is delivered again after visibilityTimeout of host.json, not before", async () => {
  await send({ failures: 1 });
  await host.tick();
  clock.advance(55);
  await host.tick();
  expect(heard("work")).toHaveLength(1);
  const again = storage.nextVisibleAt(host.queues);
  expect(again && (again.getTime() - Date.now()) / 1000).toBeCloseTo(5, -1);
  clock.advance(6);
  await host.tick();
  expect(heard("work").map((it) => it.metadata.dequeueCount)).toEqual([1, 2]);
  expect(await countOf("work")).toBe(0);
});

test("the fifth failure moves a message to the poison queue, whose function gets it", async () => {
  await send({ failures: 99, for: "work" });
  for (let n = 0; n < 5; n++) {
    expect(await countOf("work")).toBe(1);
    await host.tick();
    clock.advance(61);
  }
  expect(failures("work")).toBe(5);
  expect(await countOf("work")).toBe(0);
  await host.tick();
  expect(heard("workPoison")[0].input).toEqual({ failures: 99, for: "work" });
});

test("what fails in a poison queue waits out its ten minutes, again and again", async () => {
  const text = Buffer.from(JSON.stringify({ failures: 99 })).toString("base64");
  await queueOf("work-poison").sendMessage(text);
  await host.tick();
  clock.advance(590);
  await host.tick();
  expect(failures("workPoison")).toBe(1);
  clock.advance(20);
  await host.tick();
  expect(failures("workPoison")).toBe(2);
  expect(await countOf("work-poison")).toBe(1);
});

test("text that is not base64 goes to the poison queue without a run", async () => {
  await queueOf("work").sendMessage("{ not base64 }");
  await host.tick();
  expect(heard("work")).toEqual([]);
  expect(await countOf("work")).toBe(0);
  const { peekedMessageItems } = await queueOf("work-poison").peekMessages();
  expect(peekedMessageItems.map((it) => it.messageText)).toEqual(["{ not base64 }"]);
});

test("a message of a worker that died is seen again after ten minutes", async () => {
  await send({ n: 1 });
  await queueOf("work").receiveMessages({ visibilityTimeout: 600 });
  clock.advance(590);
  await host.tick();
  expect(heard("work")).toEqual([]);
  clock.advance(20);
  await host.tick();
  expect(heard("work").map((it) => it.metadata.dequeueCount)).toEqual([2]);
});

test("a disabled function's queue is left alone", async () => {
  await queueOf("off").sendMessage("e30=");
  await host.tick();
  expect(heard("off")).toEqual([]);
  expect(await countOf("off")).toBe(1);
  expect(host.queues).toEqual(["work", "work-poison"]);
});

test("a timer fires when it is due, and once however far the clock jumps", async () => {
  for (const seconds of [15 * 60, 7 * 24 * 3600]) {
    lines.length = 0;
    const due = host.nextTimerAt()?.getTime() ?? 0;
    expect(due % (15 * 60_000)).toBe(0);
    expect(due - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    clock.advance(seconds);
    expect(await host.tick()).toBe(1);
    expect(heard("tidy")[0].input).toMatchObject({ isPastDue: false });
    expect(await host.tick()).toBe(0);
  }
});

const ask = (target: string, init: RequestInit = {}) => fetch(`${host.url}${target}`, init);
const withKey = () => ({ "x-functions-key": host.key });

test("an anonymous route is open, a function's wants the key", async () => {
  const open = await ask("/status/here");
  expect([open.status, await open.text()]).toEqual([203, "here"]);
  const ends = [
    [401, await ask("/a/b")],
    [401, await ask("/a/b?code=wrong")],
    [200, await ask(`/a/b?code=${host.key}`)],
    [200, await ask("/a/b", { headers: withKey() })],
    [404, await ask("/a/b", { method: "DELETE", headers: withKey() })],
    [500, await ask("/fail", { headers: withKey() })],
    [404, await ask("/runtime/other", { headers: withKey() })],
  ] as const;
  for (const [status, answer] of ends) expect([answer.url, answer.status]).toContain(status);
});

test("a request arrives whole", async () => {
  const answer = await ask("/a/b", { method: "POST", headers: withKey(), body: "text" });
  expect(await answer.json()).toEqual({ path: "a/b", body: "text" });
});

test("a function can be run by hand, with the key", async () => {
  const byHand = (name: string, headers: Record<string, string>) =>
    ask(`/admin/functions/${name}`, { method: "POST", headers, body: '{"input":"by hand"}' });
  expect((await byHand("work", {})).status).toBe(401);
  expect((await byHand("nothing", withKey())).status).toBe(404);
  expect((await byHand("work", withKey())).status).toBe(202);
  expect(heard("work")[0].input).toBe("by hand");
});

const webhook = (kind: string, body: unknown, key = host.key) =>
  ask(`/runtime/webhooks/eventgrid?functionName=events&code=${key}`, {
    method: "POST",
    headers: { "aeg-event-type": kind },
    body: JSON.stringify(body),
  });

test("Event Grid's handshake is answered, of either schema", async () => {
  const code = { validationCode: "512d38b6" };
  for (const body of [[{ data: code }], { specversion: "1.0", data: JSON.stringify(code) }]) {
    const answer = await webhook("SubscriptionValidation", body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ validationResponse: "512d38b6" });
  }
  expect(heard("events")).toEqual([]);
});

test("every event is an invocation, one or many of them", async () => {
  expect((await webhook("Notification", [{ id: "1" }, { id: "2" }])).status).toBe(202);
  expect((await webhook("Notification", { specversion: "1.0", id: "3" })).status).toBe(202);
  expect(heard("events").map((it) => it.input.id)).toEqual(["1", "2", "3"]);
});

test("one event that fails makes Event Grid bring the batch again", async () => {
  expect((await webhook("Notification", [{ id: "1" }, { failures: 1 }])).status).toBe(500);
  expect(heard("events")).toHaveLength(2);
});

test("what is no event of a function is refused", async () => {
  expect((await webhook("Notification", [{ id: "1" }], "wrong")).status).toBe(401);
  expect((await webhook("Other", [{ id: "1" }])).status).toBe(400);
  const unknown = `/runtime/webhooks/eventgrid?functionName=work&code=${host.key}`;
  expect((await ask(unknown, { method: "POST", body: "[]" })).status).toBe(404);
  expect(heard("events")).toEqual([]);
});

test("a bundle that registers nothing does not start", async () => {
  const bundle = await bundleOf("export const nothing = 1;");
  const { connectionString: storageConnection } = storage;
  const options = { bundle, hostJson: {}, settings: {}, storageConnection, onLog() {} };
  await expect(createHost(options)).rejects.toThrow("registered no function");
});
