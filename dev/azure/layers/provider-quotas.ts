import { type Answer, failure } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { isObject, precise, same } from "../merge.ts";
import { createBuckets, type Limit, type Throttling } from "./buckets.ts";

/** What Resource Graph and Private DNS count by themselves; quotas of other providers are not published. */
export function createQuotas(mode: Throttling, now: () => Date): Layer {
  const graph = createGraphQuota(mode, now);
  const dns = createDnsQuota(mode, now);
  return (call, through, world) => {
    if (same(call.target.type, "Microsoft.ResourceGraph/resources"))
      return graph(call, through, world);
    return dnsKind(call) === undefined ? through(call) : dns(call, through, world);
  };
}

const graphSize = 15;
const graphSeconds = 5;
const graphRetrySeconds = 2;

/** arm 5: 15 queries in 5 seconds, by caller; what the first one is told is recorded (manners 1.7). */
function createGraphQuota(mode: Throttling, now: () => Date): Layer {
  const begun = new Map<string, { at: number; used: number }>();
  return (call, through) => {
    const who = call.principal?.objectId ?? "";
    const at = now().getTime();
    const last = begun.get(who);
    const isFresh = mode === "none" || !last || at - last.at >= graphSeconds * 1000;
    const window = isFresh ? { at, used: 0 } : last;
    begun.set(who, window);
    const isOver = window.used >= graphSize;
    if (!isOver) window.used += 1;
    const counters = graphCounters(window.used, graphSeconds - (at - window.at) / 1000);
    const answer = isOver ? graphRefused(call, now()) : through(call);
    return { ...answer, headers: { ...answer.headers, ...counters } };
  };
}

function graphCounters(used: number, seconds: number): Record<string, string> {
  const left = String(graphSize - used);
  return {
    "x-ms-user-quota-remaining": left,
    "x-ms-user-quota-resets-after": `00:00:0${Math.ceil(seconds)}`,
    "x-ms-ratelimit-remaining-tenant-resource-requests": left,
  };
}

/** manners 1.9: captured in public. */
function graphRefused(call: Call, at: Date): Answer {
  const code = "RateLimiting";
  return {
    status: 429,
    headers: { "retry-after": String(graphRetrySeconds) },
    body: {
      error: {
        code,
        message: `Please provide below info when asking for support: timestamp = ${precise(at)}, correlationId = ${call.correlationId}.`,
        details: [
          {
            code,
            message:
              "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.",
          },
        ],
      },
    },
  };
}

/** 1c: 500 GETs and 12,000 writes; arm 5: in 5 minutes. */
const dnsReads: Limit = { size: 500, perSecond: 500 / 300 };
const dnsWrites: Limit = { size: 12_000, perSecond: 12_000 / 300 };
const dnsRows = 60_000;

/** 1c: polls, zones, links and records count each by themselves. */
function dnsKind({ target }: Call): string | undefined {
  const [, type = "", child] = target.type.toLowerCase().split("/");
  if (!target.type.toLowerCase().startsWith("microsoft.network/privatedns")) return undefined;
  if (type !== "privatednszones") return "polls";
  if (child === undefined) return "zones";
  return child === "virtualnetworklinks" ? "links" : "records";
}

function createDnsQuota(mode: Throttling, now: () => Date): Layer {
  const buckets = createBuckets(mode, now);
  const prefix = "x-ms-ratelimit-remaining-subscription-resource";
  return (call, through) => {
    const isRead = call.method === "GET" || call.method === "HEAD";
    const limit = isRead ? dnsReads : dnsWrites;
    const key = [call.target.subscription.toLowerCase(), dnsKind(call), isRead].join(" ");
    if (buckets.left(key, limit) < 1) return dnsRefused();
    buckets.take(key, limit);
    const answer = through(call);
    if (answer.headers?.["x-ms-failure-cause"] === "gateway") return answer;
    const rows = { [`${prefix}-entities-read`]: String(dnsRows - rowsIn(answer)) };
    const counters = {
      [`${prefix}-requests`]: String(buckets.left(key, limit)),
      ...(call.verb === "LIST" && rows),
    };
    return { ...answer, headers: { ...answer.headers, ...counters } };
  };
}

function rowsIn({ body }: Answer): number {
  return isObject(body) && Array.isArray(body["value"]) ? body["value"].length : 0;
}

/** Public: 429 with Retry-After 10 (ISS external-dns 4839); code and text are not recorded. */
function dnsRefused(): Answer {
  return failure(429, "TooManyRequests", "The request was throttled.", {
    "x-ms-failure-cause": "service",
    "retry-after": "10",
  });
}
