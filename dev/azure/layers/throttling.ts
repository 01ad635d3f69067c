import { createHash } from "node:crypto";
import { type Answer, failure } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { same } from "../merge.ts";
import { type Buckets, createBuckets, type Limit, type Throttling } from "./buckets.ts";

type Verb = "reads" | "writes" | "deletes";
type Sizes = Readonly<Record<Verb, Limit>>;

const sizes = (reads: Limit, writes: Limit): Sizes => ({ reads, writes, deletes: writes });

/** Sizes: manners 1.7. Refills: arm 5; not recorded for the large ones, here in proportion. */
const small = sizes({ size: 250, perSecond: 25 }, { size: 200, perSecond: 10 });
const large = sizes({ size: 1100, perSecond: 110 }, { size: 800, perSecond: 40 });
/** Of a tenant: arm 5 says as the small ones; beside large ones 2,199 reads were seen, of writes nothing. */
const largeTenant = sizes({ size: 2200, perSecond: 220 }, small.writes);
/** All callers of a subscription together have so many times as much as one (manners 1.7). */
const callers = 15;
/** Recorded as a text only: "after '10' seconds". */
const retrySeconds = 10;

/**
 * ARM's buckets: one a subscription (or tenant), caller and kind of request, and one that all callers
 * share; which of two sizes a subscription has is chosen by the seed. Counters of a provider stand in
 * place of ARM's (manners 1.7: 3,871 of 3,871).
 */
export function createThrottling(mode: Throttling, seed: number, now: () => Date): Layer {
  const buckets = createBuckets(mode, now);
  const closed = new Map<string, number>();
  return (call, through) => {
    const bucket = bucketOf(call, seed);
    const at = now().getTime();
    if (at < (closed.get(bucket.own) ?? 0) || isEmpty(bucket, buckets)) {
      closed.set(bucket.own, at + retrySeconds * 1000);
      return refused(call, bucket, buckets);
    }
    buckets.take(bucket.own, bucket.limit);
    buckets.take(bucket.all, bucket.limitOfAll);
    const answer = through(call);
    if (Object.keys(answer.headers ?? {}).some(isProviders)) return answer;
    return { ...answer, headers: { ...remaining(bucket, buckets), ...answer.headers } };
  };
}

const isProviders = (header: string): boolean => header.endsWith("-resource-requests");

/** Keys and limits: of the caller, and of all callers. */
type Bucket = Readonly<{
  own: string;
  limit: Limit;
  all: string;
  limitOfAll: Limit;
  verb: Verb;
  isTenant: boolean;
}>;

function bucketOf(call: Call, seed: number): Bucket {
  const home = call.target.subscription.toLowerCase();
  const verb = verbOf(call);
  const all = `${home} ${verb}`;
  const limit = sizesOf(home, seed)[verb];
  return {
    own: `${call.principal?.objectId} ${all}`,
    limit,
    all,
    limitOfAll: { size: limit.size * callers, perSecond: limit.perSecond * callers },
    verb,
    isTenant: home === "",
  };
}

function sizesOf(home: string, seed: number): Sizes {
  const isSmall = createHash("sha256").update(`${seed} ${home}`).digest().readUInt8() % 2 === 0;
  if (isSmall) return small;
  return home === "" ? largeTenant : large;
}

/** manners 1.7: checks of names count as reads (80 of 88), every other POST as a write. */
function verbOf({ method, action, target }: Call): Verb {
  if (method === "DELETE") return "deletes";
  const isCheck = same(action ?? target.type.split("/").at(-1), "checkNameAvailability");
  return method === "GET" || method === "HEAD" || isCheck ? "reads" : "writes";
}

const isEmpty = (it: Bucket, buckets: Buckets): boolean =>
  buckets.left(it.own, it.limit) < 1 || buckets.left(it.all, it.limitOfAll) < 1;

/** Reads show the global count only (manners 1.7: 1,099 and 249 are shown by providers). */
function remaining({ own, limit, all, limitOfAll, verb, isTenant }: Bucket, buckets: Buckets) {
  const left = String(buckets.left(own, limit));
  if (isTenant) return { [`x-ms-ratelimit-remaining-tenant-${verb}`]: left };
  const prefix = "x-ms-ratelimit-remaining-subscription";
  return {
    ...(verb !== "reads" && { [`${prefix}-${verb}`]: left }),
    [`${prefix}-global-${verb}`]: String(buckets.left(all, limitOfAll)),
  };
}

/**
 * Public text (manners 1.9). arm 5: whoever comes back before the time is not heard, and waits anew.
 * Not recorded: Retry-After, and what is said of a tenant.
 */
function refused({ target, principal }: Call, bucket: Bucket, buckets: Buckets): Answer {
  const [code, whose] = bucket.isTenant
    ? ["TenantRequestsThrottled", `tenant '${principal?.tenantId}'`]
    : ["SubscriptionRequestsThrottled", `subscription '${target.subscription}'`];
  return failure(
    429,
    code ?? "",
    `Number of '${bucket.verb.slice(0, -1)}' requests for ${whose} actor '${principal?.objectId}' exceeded. Please try again after '${retrySeconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
    {
      "x-ms-failure-cause": "gateway",
      "retry-after": String(retrySeconds),
      ...remaining(bucket, buckets),
    },
  );
}
