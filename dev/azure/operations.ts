import { type Answer, failure } from "./answers.ts";
import type { Call } from "./call.ts";
import { type DialectName, dialectOf, type LroHeader, type Operation } from "./dialects.ts";
import { isObject } from "./merge.ts";
import { type Sign, signer } from "./signatures.ts";
import { canceled, type Running, supersede } from "./superseded.ts";
import type { choose } from "./unsettled.ts";

export type Order = Readonly<{
  dialect: DialectName;
  headers?: readonly LroHeader[] | undefined;
  word?: string | undefined;
  target: string;
  location: string;
  result(): Answer;
}>;

export type Started = Readonly<{
  headers: Record<string, string>;
  end(error?: Operation["error"]): void;
  /** Cancels what still runs on its target and below it. */
  supersede(): void;
  isCanceled(): boolean;
}>;

/** Long-running operations and the addresses that were handed out for them. */
export type Operations = Readonly<{
  /** Begins one: the headers of the answer, and how to end it. */
  start(call: Call, order: Order): Started;
  /** Whether the path is that of an operation, whatever its query. */
  knows(call: Call): boolean;
  /** The answer to a poll; undefined when the address is none of an operation. */
  poll(call: Call): Answer | undefined;
}>;

const keptHours = 24;

export function createOperations(tools: {
  now(): Date;
  guid(): string;
  key: string;
  behaviour: ReturnType<typeof choose>;
}): Operations {
  const byPath = new Map<string, Running>();
  const sign = signer(tools.key);

  return {
    start(call, { headers, word, ...order }) {
      forgetOld(byPath, tools.now());
      const it = operation(call, { ...order, word: word ?? "Updating" }, tools);
      for (const address of addressesOf(it)) byPath.set(pathOf(address), it);
      const end = (error?: Operation["error"]): void => {
        it.endedAt = tools.now();
        if (error) it.error = error;
      };
      return {
        headers: handedOut(it, call.origin, sign, headers),
        end,
        supersede: () => supersede(byPath.values(), it),
        isCanceled: () => it.canceledBy !== undefined,
      };
    },
    knows: (call) => call.method === "GET" && byPath.has(pathOf(call.raw)),
    poll(call) {
      const it = call.method === "GET" ? byPath.get(pathOf(call.raw)) : undefined;
      if (!it) return undefined;
      const isExact = tools.behaviour("pollWithMoreParameters") === "refused";
      const role = roleOf(it, call.raw, sign, isExact);
      if (!role) return changedAddress();
      const by = it.canceledBy;
      const address = by && handedOut(by, call.origin, sign)["azure-asyncoperation"];
      if (by) return canceled(it, by, address ?? "");
      return answerPoll(it, role, handedOut(it, call.origin, sign));
    },
  };
}

function operation(
  call: Call,
  order: Omit<Order, "headers" | "word"> & { word: string },
  tools: { now(): Date; guid(): string },
): Running {
  return {
    ...order,
    id: tools.guid(),
    subscription: call.target.subscription,
    group: call.target.group,
    version: call.version,
    verb: call.method,
    startedAt: tools.now(),
    polls: 0,
  };
}

function handedOut(
  it: Operation,
  origin: string,
  sign: Sign,
  only?: readonly LroHeader[],
): Record<string, string> {
  const dialect = dialectOf(it.dialect);
  const async = dialect.asyncAddress?.(it);
  const location = dialect.locationAddress?.(it);
  const wants = (name: LroHeader) => only?.includes(name) ?? true;
  const retryAfter = dialect.retryAfter?.(it.polls);
  return {
    ...dialect.headers,
    ...(async !== undefined &&
      wants("Azure-AsyncOperation") && { "azure-asyncoperation": origin + sign(it, async) }),
    ...(location !== undefined && wants("Location") && { location: origin + sign(it, location) }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  };
}

/** Which of the two addresses is asked; undefined when it is not, byte for byte, one that was handed out. */
function roleOf(it: Operation, raw: string, sign: Sign, isExact: boolean): LroHeader | undefined {
  const dialect = dialectOf(it.dialect);
  const asked = plainPath(raw);
  const is = (address: string | undefined): boolean => {
    const given = address && plainPath(sign(it, address));
    if (!given || isExact) return asked === given;
    return `${asked}&`.startsWith(`${given}&`);
  };
  if (is(dialect.asyncAddress?.(it))) return "Azure-AsyncOperation";
  return is(dialect.locationAddress?.(it)) ? "Location" : undefined;
}

function answerPoll(it: Operation, role: LroHeader, again: Record<string, string>): Answer {
  const dialect = dialectOf(it.dialect);
  const located =
    role === "Location" ? (dialect.located ?? byResult(dialect.asyncAddress)) : undefined;
  if (!it.endedAt) {
    const answer = (located ?? dialect).running(it);
    it.polls += 1;
    return {
      ...answer,
      headers: whileRunning(answer.status, again, dialect.retryAfter?.(it.polls)),
    };
  }
  if (it.error)
    return dialect.failed?.(it, it.error, role) ?? failed(dialect.succeeded(it), it.error);
  return located ? located.ended(it) : dialect.succeeded(it);
}

/** A running 202 hands its addresses out again; a running 200 only says when to come back. */
function whileRunning(status: number, again: Record<string, string>, retryAfter?: number) {
  return {
    ...(status === 202 && again),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  };
}

/** Location of a dialect that has both: 202 while running, the resource at the end. */
function byResult(async: unknown) {
  return async === undefined
    ? undefined
    : { running: (): Answer => ({ status: 202 }), ended: (it: Operation) => it.result() };
}

/** Recorded: a failed operation is HTTP 200 (Event Grid, Private DNS). */
function failed(ended: Answer, error: NonNullable<Operation["error"]>): Answer {
  const body = isObject(ended.body) ? ended.body : {};
  return { status: 200, body: { ...body, status: "Failed", error: { ...error } } };
}

/** Not recorded: what Azure answers when the signature is missing or changed. */
function changedAddress(): Answer {
  const text = "The address of the operation is not the one that was handed out.";
  return failure(400, "InvalidOperationAddress", text, { "x-ms-failure-cause": "gateway" });
}

function addressesOf(it: Operation): string[] {
  const { asyncAddress, locationAddress } = dialectOf(it.dialect);
  const own = locationAddress?.(it);
  const addresses = [
    asyncAddress?.(it),
    own && pathOf(own) !== it.target.toLowerCase() ? own : undefined,
  ];
  return addresses.filter((address) => address !== undefined);
}

function forgetOld(byPath: Map<string, Running>, now: Date): void {
  for (const [path, it] of byPath) {
    if (now.getTime() - it.startedAt.getTime() < keptHours * 3_600_000) return;
    byPath.delete(path);
  }
}

const pathOf = (address: string): string => plainPath(address.split("?")[0] ?? "").toLowerCase();

/** Only the path may be written in two ways (a location with blanks); the query is left alone. */
function plainPath(address: string): string {
  const [path = "", ...query] = address.split("?");
  return [decodeURIComponent(path).replace(/\/{2,}/g, "/"), ...query].join("?");
}
