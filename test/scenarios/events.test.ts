import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { EventGridEvent } from "../../dev/azure/events.ts";
import type { LogLine } from "../../dev/functions-host/load-app.ts";
import { airlockPrincipal, type Laptop } from "../../dev/laptop.ts";
import { advance, jumpTo, settle } from "../../dev/turn.ts";
import { account, accountId, group, reachable } from "../support/estates.ts";
import { subscription } from "../support/laptop.ts";
import {
  accessOf,
  openAccount,
  queueOf,
  rowsOf,
  send,
  startApp,
  statusOf,
  waiting,
  withoutTimers,
  write,
} from "./app.ts";

const accounts = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const doors = ["queue", "webhook"] as const;
const schemas = ["Event Grid", "CloudEvents"] as const;
const shapes = ["single", "array"] as const;
const ways = doors.flatMap((door) =>
  schemas.flatMap((schema) => shapes.map((shape) => [door, schema, shape] as const)),
);
const names = ways.flatMap((it) => [0, 1].map((n) => nameOf(it, n)));

function nameOf(way: readonly string[], n: number): string {
  return `${way.join("-").replaceAll(" ", "").toLowerCase()}-${n}`;
}

const airlock = airlockPrincipal.objectId;
const lines: LogLine[] = [];
const published: EventGridEvent[] = [];
let laptop: Laptop;

beforeAll(async () => {
  laptop = await startApp({
    estate: [
      account(),
      ...reachable(),
      ...[...names, "good", "tagged"].map((name) =>
        account({ customSubDomainName: name }, { id: `${accounts}/${name}`, name }),
      ),
    ],
    settings: { ...withoutTimers, "AzureWebJobs.resourceEvents.Disabled": "false" },
    delivery: "direct", // and the queue is filled by hand
    onLog: (line) => void lines.push(line),
    onEvent: (event) => void published.push(event),
  });
});
afterAll(() => laptop.close());
beforeEach(() => {
  lines.length = 0;
});

const data = { operationName: "Microsoft.CognitiveServices/accounts/write" };
let events = 0;

function eventOf(schema: (typeof schemas)[number], subject: string): object {
  events += 1;
  const type = "Microsoft.Resources.ResourceWriteSuccess";
  const common = { id: `event-${events}`, subject, data };
  const time = new Date().toISOString();
  if (schema === "CloudEvents")
    return { ...common, specversion: "1.0", source: `/subscriptions/${subscription}`, type, time };
  const versions = {
    topic: `/subscriptions/${subscription}`,
    dataVersion: "2",
    metadataVersion: "1",
  };
  return { ...common, ...versions, eventType: type, eventTime: time };
}

const webhook = (kind: string, body: unknown) =>
  fetch(`${laptop.host?.url}/runtime/webhooks/eventgrid?functionName=resourceEventsDirect`, {
    method: "POST",
    headers: { "x-functions-key": laptop.host?.key ?? "", "aeg-event-type": kind },
    body: JSON.stringify(body),
  });

async function bring(door: (typeof doors)[number], body: unknown): Promise<void> {
  if (door === "queue") return send(laptop, "resource-events", JSON.stringify(body));
  expect((await webhook("Notification", body)).status).toBe(202);
}

const verdictOf = async (name: string) =>
  (await statusOf(laptop, `${accounts}/${name}`)).body.findings?.map((it) => it.verdict);

test.for(ways)("by %s, %s schema, %s: what changed is looked at", async (way) => {
  const [door, schema, shape] = way;
  const all = shape === "array" ? [0, 1] : [0];
  const brought = all.map((n) => eventOf(schema, `${accounts}/${nameOf(way, n)}`));
  for (const n of all) expect(await verdictOf(nameOf(way, n))).toEqual([]);
  await bring(door, shape === "array" ? brought : brought[0]);
  await settle(laptop);
  for (const n of all) expect(await verdictOf(nameOf(way, n))).toEqual(["compliant"]);
  expect(await waiting(laptop, "resource-events")).toBe(0);
});

test("Event Grid's handshake is answered at the function's own door", async () => {
  const answer = await webhook("SubscriptionValidation", [
    { ...eventOf("Event Grid", ""), data: { validationCode: "512d38b6" } },
  ]);
  expect([answer.status, await answer.json()]).toEqual([200, { validationResponse: "512d38b6" }]);
  expect(lines).toEqual([]);
});

/** Texts of the table `poison` that were not there before. */
async function poisonedBy(act: () => Promise<void>) {
  const before = (await rowsOf(laptop, "poison")).map((it) => it["rowKey"]);
  await act();
  await settle(laptop);
  const after = await rowsOf(laptop, "poison");
  return after.filter((it) => !before.includes(it["rowKey"]));
}

const good = () => eventOf("Event Grid", `${accounts}/good`);
const unread = [
  ["no JSON", "opened: openai-prod", /no JSON object/],
  ["JSON that is cut", '[{"id":"1"', /no JSON object/],
  ["a number", "42", /no JSON object/],
  ["null", "null", /no JSON object/],
  ["JSON without a schema", '{"resource":"openai-prod"}', /no event schema/],
  ["an event without an id", '{"specversion":"1.0","source":"x","type":"y"}', /no event schema/],
  ["an event whose type is a number", '{"specversion":"1.0","id":"1","source":"x","type":42}', /./],
  ["a schema without its fields", '{"specversion":"1.0","id":"1"}', /no event schema/],
] as const;

test.for(unread)("%s is kept as poison and acknowledged", async ([, text, because]) => {
  const kept = await poisonedBy(() => send(laptop, "resource-events", text));
  expect(kept).toMatchObject([{ text, because: expect.stringMatching(because) }]);
  expect(await waiting(laptop, "resource-events")).toBe(0);
});

test("what Event Grid pushes without a schema is kept as poison and acknowledged", async () => {
  const kept = await poisonedBy(async () => {
    expect((await webhook("Notification", [{ resource: "openai-prod" }])).status).toBe(202);
  });
  expect(kept).toMatchObject([{ text: '{"resource":"openai-prod"}' }]);
});

test("an event with an odd subject is kept as poison, whichever door it came by", async () => {
  for (const door of doors) {
    const event = eventOf("CloudEvents", `${accounts}/../x`);
    const kept = await poisonedBy(() => bring(door, event));
    expect(kept).toMatchObject([{ because: expect.stringContaining("subject") }]);
    expect(JSON.parse(String(kept[0]?.["text"]))).toMatchObject({ subject: `${accounts}/../x` });
  }
});

test("one event of an array that cannot be read does not take the others with it", async () => {
  const odd = { resource: "openai-prod" };
  const kept = await poisonedBy(() => bring("queue", [odd, good(), odd]));
  expect(kept.map((it) => it["text"])).toEqual([JSON.stringify(odd), JSON.stringify(odd)]);
  expect(await verdictOf("good")).toEqual(["compliant"]);
});

test("what fails is brought again by whichever door, until it is kept", async () => {
  const { connectionString } = laptop.storage;
  const poison = TableClient.fromConnectionString(connectionString, "poison", {
    allowInsecureConnection: true,
  });
  await poison.deleteTable();
  await send(laptop, "resource-events", "by the queue");
  expect((await webhook("Notification", { pushed: "in vain" })).status).toBe(500);
  await settle(laptop);
  expect(await waiting(laptop, "resource-events")).toBe(1);
  await poison.createTable();
  expect((await webhook("Notification", { pushed: "again" })).status).toBe(202);
  await advance(laptop, 61);
  const kept = await rowsOf(laptop, "poison");
  expect(kept.map((it) => it["text"])).toEqual(['{"pushed":"again"}', "by the queue"]);
  expect(await waiting(laptop, "resource-events")).toBe(0);
});

test("an event that the function failed to take comes again from Event Grid", async () => {
  published.length = 0;
  const tags = { tags: { team: "events" } };
  write(laptop, "PATCH", `${accounts}/tagged`, "2025-06-01", tags);
  jumpTo(laptop, laptop.nextDueAt()?.getTime() ?? 0);
  await queueOf(laptop, "reconcile").delete();
  await expect(laptop.tick()).rejects.toThrow("404"); // nor can the host listen to it
  expect(published).toHaveLength(1);
  await queueOf(laptop, "reconcile").create();
  expect(await verdictOf("tagged")).toEqual([]);
  await advance(laptop, 60);
  expect(published.map((it) => it.id)).toEqual([published[0]?.id, published[0]?.id]);
  expect(await verdictOf("tagged")).toEqual(["compliant"]);
});

test("what is not ours is passed over: nothing is kept, nothing is looked at", async () => {
  const foreign = accountId.replace(subscription, "99999999-0000-4000-8000-000000000001");
  const other = { ...good(), eventType: "Microsoft.Resources.ResourceActionSuccess" };
  const readsBefore = laptop.reads.length;
  const kept = await poisonedBy(async () => {
    await bring("queue", eventOf("Event Grid", foreign));
    await bring("queue", eventOf("Event Grid", `${group}/providers/Microsoft.Storage/x/y`));
    await bring("webhook", other);
  });
  expect(kept).toEqual([]);
  expect(laptop.reads.slice(readsBefore)).toEqual([]);
});

test("what the queue brings twice, or is no work of ours, changes nothing", async () => {
  const kept = await poisonedBy(() => send(laptop, "reconcile", '{"schema":2,"kind":"look"}'));
  expect(kept).toMatchObject([{ because: "It is no work item." }]);
  const batch = await poisonedBy(() => send(laptop, "sweep-batch", '{"schema":1}'));
  expect(batch).toMatchObject([{ because: "It is no batch of a sweep." }]);
  const poison = await poisonedBy(() => send(laptop, "reconcile-poison", '{"a":1}'));
  expect(poison).toMatchObject([{ text: '{"a":1}' }]);
  const peeked = await queueOf(laptop, "reconcile").peekMessages();
  expect(peeked.peekedMessageItems).toEqual([]);
});

/** Invocations until nothing is left to do: one for each event that is pushed or message that is taken. */
async function invocations(): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await laptop.tick();
    total += count;
    const next = laptop.nextDueAt();
    if (count === 0 && !next) return total;
    if (count === 0 && next) jumpTo(laptop, next.getTime());
  }
}

test("a PATCH fix takes a handful of invocations and reads, from the event to the proof", async () => {
  await bring("queue", eventOf("Event Grid", accountId)); // so that it was compliant before
  await settle(laptop);
  laptop.clock.advance(60);
  published.length = 0;
  const readsBefore = laptop.reads.length;
  openAccount(laptop, accountId);
  const count = await invocations();
  const { findings } = (await statusOf(laptop, accountId)).body;
  expect(findings).toMatchObject([{ verdict: "compliant" }]);
  const actions = findings?.[0]?.journal.map((it) => it.entry.action);
  expect(actions).toEqual(["intended", "applied", "verified"]);
  expect(accessOf(laptop, accountId)).toBe("Disabled");
  expect(published).toHaveLength(2); // the developer's write, and ours
  expect(count).toBeLessThanOrEqual(12); // two events, two looks, and a poll now and then while ARM works
  const own = laptop.reads.slice(readsBefore).filter((it) => it.principal === airlock);
  expect(own.length).toBeLessThanOrEqual(12);
});
