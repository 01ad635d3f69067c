import type { Answer, Body } from "./answers.ts";
import { endpoints, jobCancels } from "./endpoint-dialect.ts";
import { serviceDialects } from "./service-dialects.ts";

export type LroHeader = "Azure-AsyncOperation" | "Location";
export type DialectName = keyof typeof dialects;

export type OperationError = Readonly<{ code: string; message: string }>;

/** An operation as polls see it. */
export type Operation = {
  /** GUID; what stands in the address is the dialect's matter. */
  id: string;
  dialect: DialectName;
  subscription: string;
  group: string;
  /** As written in the resource; Cognitive Services echoes blanks and capitals in the address. */
  location: string;
  /** The id of the resource written. */
  target: string;
  /** The api-version of the write. */
  version: string;
  word: string;
  verb: string;
  startedAt: Date;
  endedAt?: Date;
  error?: OperationError;
  /** How often it was asked while it ran. */
  polls: number;
  /** What Location shows at the end: the resource, or what the action made. */
  result(): Answer;
};

/** How a back end speaks of its operations. Addresses are paths with a query, unsigned. */
export type Dialect = Readonly<{
  asyncAddress?(it: Operation): string;
  locationAddress?(it: Operation): string;
  /** Addresses carry `&t=&c=&s=&h=` (recorded since 2023-10, about 3.3 KB). */
  signed: boolean;
  /** Seconds; `polls` 0 is the answer to the write itself. */
  retryAfter?(polls: number): number | undefined;
  headers?: Readonly<Record<string, string>>;
  running(it: Operation): Answer;
  succeeded(it: Operation): Answer;
  /** Absent: the body of success, with `status` and an `error` of code and message. */
  failed?(it: Operation, error: OperationError, role: LroHeader): Answer;
  /** What the Location address answers; absent: 202 while running, then `result`. */
  located?: Readonly<{ running(it: Operation): Answer; ended(it: Operation): Answer }>;
}>;

const ok = (body: Body): Answer => ({ status: 200, body });
const provider = (it: Operation, space: string) =>
  `/subscriptions/${it.subscription}/providers/${space}/locations/${it.location}`;
const seconds = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

const cognitivePath = (it: Operation) =>
  `${provider(it, "Microsoft.CognitiveServices")}/operationResults/${it.id}`;
const cognitiveBody = (it: Operation, status: string): Body => ({
  id: cognitivePath(it),
  name: it.id,
  status,
  startTime: seconds(it.startedAt),
  ...(it.endedAt && { endTime: seconds(it.endedAt) }),
});

/** Recorded: docs/sources.md F2. No Retry-After, no id, no times. */
function machineLearning(path: string, query: (role: string) => string, located: boolean): Dialect {
  const address = (it: Operation, role: string) =>
    `${provider(it, "Microsoft.MachineLearningServices")}/${path}/${it.id}?api-version=${it.version}${query(role)}`;
  return {
    asyncAddress: (it) => address(it, "async"),
    ...(located && { locationAddress: (it: Operation) => address(it, "location") }),
    signed: true,
    running: () => ok({ status: "InProgress" }),
    succeeded: () => ok({ status: "Succeeded", percentComplete: 100.0 }),
  };
}

const byRole = (role: string) => `&type=${role}`;

const networkAddress = (it: Operation, path: string) =>
  `${provider(it, "Microsoft.Network")}/${path}/${it.id}?api-version=${it.version}`;
/** Recorded: PY endpoint test, ASO chains: 10, then growing. */
const growing = [10, 20, 20, 40, 40, 80, 160, 100];

const dnsAddress = (it: Operation, path: string) =>
  `/subscriptions/${it.subscription}/resourceGroups/${it.group}/providers/Microsoft.Network/${path}/` +
  `${Buffer.from(`FrontEndAsyncOperation;${it.word};${it.id}_${it.subscription}`).toString("base64url")}?api-version=${it.version}`;

/** One entry a back end; each was recorded (facts: cognitive-services, machine-learning, network, ARM). */
export const dialects = {
  /** Always api-version 2017-04-18, HTTP 200, never Retry-After. Location itself was never polled. */
  cognitiveServices: {
    asyncAddress: (it) => `${cognitivePath(it)}?api-version=2017-04-18`,
    locationAddress: (it) =>
      `${cognitivePath(it)}?api-version=2017-04-18&operationResultResponseType=Location`,
    signed: true,
    running: (it) => ok(cognitiveBody(it, it.word)),
    succeeded: (it) => ok(cognitiveBody(it, "Succeeded")),
  },
  workspaces: machineLearning("workspaceOperationsStatus", byRole, true),
  registries: machineLearning("registryOperationsStatus", byRole, true),
  computes: machineLearning("computeOperationsStatus", () => "&service=new", false),
  endpoints,
  jobCancels,
  /**
   * Foundry networks: the operation of another provider; Location is the resource's own address.
   * `word` begins with the network's id, which stands in the operation's name twice.
   */
  managedNetworks: {
    asyncAddress: (it) =>
      `${provider(it, "Microsoft.MachineLearningServices")}/mfeOperationsStatus/mnet:${it.word.slice(0, 36)}:${it.word}_${it.id}?api-version=${it.version}`,
    locationAddress: (it) => `${it.target}?api-version=${it.version}`,
    signed: false,
    headers: { "x-ms-async-operation-timeout": "PT50M" },
    running: (it) => ok({ id: `${it.word}_${it.id}`, status: "InProgress" }),
    succeeded: (it) => ok({ id: `${it.word}_${it.id}`, status: "Succeeded" }),
  },
  /** Location ends in 204. */
  network: {
    asyncAddress: (it) => networkAddress(it, "operations"),
    locationAddress: (it) => networkAddress(it, "operationResults"),
    signed: true,
    retryAfter: (polls) => growing[polls] ?? 100,
    running: () => ok({ status: "InProgress" }),
    succeeded: () => ok({ status: "Succeeded" }),
    located: { running: () => ({ status: 202 }), ended: () => ({ status: 204 }) },
  },
  /** HTTP 202 while running; `word` is the operation's name (UpsertPrivateDnsZone). */
  privateDns: {
    asyncAddress: (it) => dnsAddress(it, "privateDnsOperationStatuses"),
    locationAddress: (it) => dnsAddress(it, "privateDnsOperationResults"),
    signed: true,
    retryAfter: () => 30,
    running: () => ({ status: 202, body: { status: "InProgress" } }),
    succeeded: () => ok({ status: "Succeeded" }),
    located: { running: () => ({ status: 202 }), ended: () => ok({}) },
  },
  /** test_shared_private_link_resource_crud of 2025; in 2021 there was a Location too. */
  search: {
    asyncAddress: (it) => `${it.target}/operationStatuses/${it.id}?api-version=${it.version}`,
    signed: true,
    running: ({ verb }) => ok({ status: verb === "DELETE" ? "InProgress" : "Running" }),
    succeeded: () => ok({ status: "Succeeded" }),
  },
  ...serviceDialects,
  /** Location only: 202 empty, then 200 empty (445 of 445). */
  resourceGroups: {
    locationAddress: (it) =>
      `/subscriptions/${it.subscription}/operationresults/` +
      `${Buffer.from(JSON.stringify({ jobId: `RESOURCEGROUPDELETIONJOB-${it.id}`, jobLocation: it.location })).toString("base64url")}?api-version=${it.version}`,
    signed: true,
    retryAfter: () => 15,
    running: () => ({ status: 202 }),
    succeeded: () => ({ status: 200 }),
  },
} satisfies Readonly<Record<string, Dialect>>;

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
