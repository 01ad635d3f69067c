import { afterAll, beforeAll, expect, test } from "vitest";
import { installClock } from "../../dev/clock.ts";
import type { LogLine } from "../../dev/functions-host/load-app.ts";
import type { Laptop } from "../../dev/laptop.ts";
import { runUntilQuiet, settle } from "../../dev/turn.ts";
import {
  account,
  accountId,
  cognitive,
  endpoint,
  endpointId,
  group,
  openai,
  zone,
  zoneGroup,
} from "../support/estates.ts";
import { subscription } from "../support/laptop.ts";
import {
  accessOf,
  blobsOf,
  openAccount,
  queueOf,
  rowsOf,
  send,
  startApp,
  statusOf,
} from "./app.ts";

const accounts = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const oldId = `${accounts}/old-public`;
const lines: LogLine[] = [];
let laptop: Laptop;

function secondsToTuesdayNoon(now: Date): number {
  const noon = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 12);
  const days = (9 - now.getUTCDay()) % 7;
  return (noon - now.getTime()) / 1000 + (days + 7) * 24 * 3600;
}

/** A closed account, an open one, and an endpoint whose zone group lacks the zone it needs. */
beforeAll(async () => {
  const clock = installClock();
  clock.advance(secondsToTuesdayNoon(clock.now())); // far from the weekly sweep's own time
  laptop = await startApp({
    estate: [
      account(),
      account(
        { publicNetworkAccess: "Enabled", customSubDomainName: "old-public" },
        { id: oldId, name: "old-public" },
      ),
      ...endpoint(),
      ...zone(openai),
      ...zone(cognitive),
      zoneGroup(cognitive),
    ],
    onLog: (line) => void lines.push(line),
  });
});
afterAll(() => laptop.close());

const told = (text: string): number =>
  lines.filter(({ message }) => message.includes(JSON.stringify(text))).length;
const failed = () => lines.filter(({ level }) => level === "error").map((it) => it.message);

async function messagesOf(queue: string): Promise<readonly string[]> {
  const { peekedMessageItems } = await queueOf(laptop, queue).peekMessages({
    numberOfMessages: 32,
  });
  return peekedMessageItems.map((it) => Buffer.from(it.messageText, "base64").toString("utf8"));
}

const sweeps = async () =>
  (await rowsOf(laptop, "sweeps")).filter((it) => it["partitionKey"] === "sweeps");
const reportOf = (reports: Readonly<Record<string, string>>) =>
  JSON.parse(Object.entries(reports).find(([name]) => name.endsWith(".json"))?.[1] ?? "null");

/** What was concluded: all but the times at which it was read, and the rows' own marks. */
async function conclusions(): Promise<unknown> {
  const [findings, all, reports] = await Promise.all([
    Promise.all([accountId, oldId, endpointId].map((it) => statusOf(laptop, it))),
    sweeps(),
    blobsOf(laptop, "reports"),
  ]);
  return { findings: findings.map((it) => it.body), all, reports };
}

let batches: readonly string[] = [];

test("the baseline begins once: a batch for each type that a rule is about", async () => {
  await laptop.host?.run("tidy");
  await laptop.host?.run("tidy");
  batches = await messagesOf("sweep-batch");
  const begun = await sweeps();
  expect(begun).toMatchObject([{ kind: "baseline", isDone: false, total: batches.length }]);
  const types = batches.map((it) => JSON.parse(it).resourceType);
  expect(new Set(types).size).toBe(types.length);
  expect(types).toContain("microsoft.cognitiveservices/accounts");
});

test("a batch that is brought twice counts once: without the last one it is not done", async () => {
  await queueOf(laptop, "sweep-batch").clearMessages();
  for (const _ of ["once", "twice"]) {
    for (const it of batches.slice(1)) await send(laptop, "sweep-batch", it);
    await settle(laptop);
  }
  expect(await sweeps()).toMatchObject([{ isDone: false }]);
  expect(await blobsOf(laptop, "reports")).toEqual({});
});

test("with the last one it is done, once, with its report in two forms", async () => {
  await send(laptop, "sweep-batch", batches[0] ?? "");
  await settle(laptop);
  expect(failed()).toEqual([]);
  expect(await sweeps()).toMatchObject([{ isDone: true }]);
  expect(told("A sweep is done.")).toBe(1);
  const reports = await blobsOf(laptop, "reports");
  expect(Object.keys(reports).map((it) => it.split(".").at(-1))).toEqual(["html", "json"]);
  const [{ rowKey: sweepId } = {}] = await sweeps();
  const report = reportOf(reports);
  expect(report).toMatchObject({ schema: 1, sweepId, subscriptions: [subscription] });
  expect(report.totals).toMatchObject({ resources: 3, notEvaluated: 0 });
  expect(report.totals.byWorst).toMatchObject({ compliant: 1, violation: 2, unknown: 0 });
  const page = Object.entries(reports).find(([name]) => name.endsWith(".html"))?.[1];
  expect(page).toContain("old-public");
});

test("what is wrong is kept as a finding: held for a person, or waiting for its grace", async () => {
  const { body } = await statusOf(laptop, oldId);
  expect(body.findings).toMatchObject([{ verdict: "violation", decision: { do: "hold" } }]);
  expect(accessOf(laptop, oldId)).toBe("Enabled");
  const { status, body: group } = await statusOf(laptop, endpointId);
  expect([status, group.findings]).toMatchObject([
    202,
    [{ verdict: "violation", decision: { do: "wait" }, journal: [] }],
  ]);
});

test("what must be repaired was queued, and is repaired", async () => {
  await runUntilQuiet(laptop, 1800);
  const { status, body } = await statusOf(laptop, endpointId);
  expect(status).toBe(200);
  expect(body.findings).toMatchObject([{ verdict: "compliant", decision: { do: "nothing" } }]);
  const actions = body.findings?.[0]?.journal.map((it) => it.entry.action);
  expect(actions).toEqual(["intended", "applied", "verified"]);
});

test("a batch that is brought again after the end changes nothing", async () => {
  const before = await conclusions();
  for (const it of batches) await send(laptop, "sweep-batch", it);
  await runUntilQuiet(laptop, 600);
  expect(await conclusions()).toEqual(before);
  expect(told("A sweep is done.")).toBe(1);
  expect(told("A sweep began.")).toBe(1);
});

test("what the baseline found compliant counts as compliant from then on: drift is closed", async () => {
  openAccount(laptop, accountId);
  await runUntilQuiet(laptop, 3600);
  const { body } = await statusOf(laptop, accountId);
  expect(body.findings).toMatchObject([{ verdict: "compliant" }]);
  const actions = body.findings?.[0]?.journal.map((it) => it.entry.action);
  expect(actions).toEqual(["intended", "applied", "verified"]);
  expect(accessOf(laptop, accountId)).toBe("Disabled");
});

test("the weekly sweep is one more, with a report that knows what was repaired", async () => {
  await laptop.host?.run("weekly");
  await settle(laptop);
  expect(await sweeps()).toMatchObject([
    { kind: "baseline", isDone: true },
    { kind: "weekly", isDone: true },
  ]);
  const reports = Object.entries(await blobsOf(laptop, "reports"));
  const weekly = reports.filter(([name]) => name.includes("weekly"));
  expect(weekly.map(([name]) => name.split(".").at(-1))).toEqual(["html", "json"]);
  expect(JSON.parse(weekly[1]?.[1] ?? "null").totals).toMatchObject({
    resources: 3,
    byWorst: { compliant: 2, violation: 1 },
    held: 1,
    repaired: 2,
  });
  expect(failed()).toEqual([]);
});

test("a resource that cannot be read, however often, is not evaluated, and the report says so", async () => {
  const { clear } = laptop.azure.faults;
  laptop.azure.faults.add({
    method: "GET",
    urlIncludes: "/accounts/old-public?",
    answer: { status: 503, body: { error: { code: "ServerUnavailable", message: "Later." } } },
  });
  await runUntilQuiet(laptop, 24 * 3600); // a report's name is its sweep's time
  await laptop.host?.run("weekly");
  await runUntilQuiet(laptop, 330);
  clear();
  expect((await sweeps()).every((it) => it["isDone"])).toBe(true);
  const newest = Object.keys(await blobsOf(laptop, "reports")).filter((it) => /json$/.test(it));
  const report = JSON.parse((await blobsOf(laptop, "reports"))[newest.sort().at(-1) ?? ""] ?? "");
  expect(report.totals).toMatchObject({ resources: 2, notEvaluated: 1 });
  expect(report.notEvaluated).toMatchObject([{ resourceId: oldId }]);
});
