import type { AuditRecord, Entry, Touch } from "../model/audit-record.ts";
import type { Permissions } from "../model/facts.ts";
import type { Approval, Finding, Remembered } from "../model/finding.ts";
import type { Plan, Remediation } from "../model/remediation.ts";
import type { Request } from "../model/request.ts";
import type { Resource } from "../model/resource.ts";
import type { ResourceId } from "../model/resource-id.ts";
import type { ResourceType } from "../model/resource-types/index.ts";
import type { Rule } from "../model/rule.ts";
import type { Settings } from "../model/settings.ts";
import type { WorkItem } from "../model/work-item.ts";

/** What the verbs need from outside; `airlock.ts` builds it once, each verb takes it first. */
export type Ports = Readonly<{
  rules: readonly Rule[];
  settings: Settings;
  reads: Reads;
  send: Send;
  journal: Journal;
  estate: Estate;
  gates: Gates;
  policy: Policy;
  work: Work;
  poison: Poison;
  log: Log;
  now(): Date;
  newId(): string;
  /** The invocation; it owns the passes that it begins. */
  runId: string;
}>;

/**
 * Reading Azure. Undefined where ARM says 404 or, after a delete, 204, whatever the body (recorded);
 * throws `AirlockError` for all else: `denied` 401/403, `retry` 429/5xx/network, `invalid` 400.
 */
export type Reads = Readonly<{
  get<T extends ResourceType>(type: T, id: string): Promise<Resource<T> | undefined>;
  /** Children of `parent`, or extensions of it where the type is of another provider; all pages. */
  list<T extends ResourceType>(
    type: T,
    parent: string,
    /** Only those whose name ends so, asked of the server: for DNS records. */
    nameEnd?: string,
  ): Promise<readonly Resource<T>[]>;
  permissions(scope: string): Promise<readonly Permissions[]>;
  /** All of a type in a subscription, as Resource Graph rows: minutes old, absent means a suspicion. */
  all<T extends ResourceType>(type: T, subscription: string): Promise<readonly Resource<T>[]>;
  /** Ids of all private DNS zones of these names that we can see (Resource Graph). */
  zonesNamed(names: readonly string[]): Promise<readonly string[]>;
}>;

/**
 * Sends one write and resolves when ARM has accepted it; nothing is retried and nothing polled.
 * Throws `AirlockError`: `retry` for what passes by itself (409 busy, 429, 400 not provisioned),
 * `denied` and `invalid` for refusals; `isAmbiguous` where nobody knows whether it took effect.
 */
export type Send = (request: Request, recordId: string) => Promise<Accepted>;
export type Accepted = Readonly<{ status: number; retryAfterSeconds?: number }>;

/** The audit chain, lease and dirty flag of each judged resource: one table partition. */
export type Journal = Readonly<{
  /** Marks the resource as changed, unconditionally; the touch is kept once per event. */
  want(id: ResourceId, touch?: Touch): Promise<void>;
  wanted(id: ResourceId): Promise<Wanted>;
  /** Whether a repair is open or a look is wanted; takes nothing. */
  peek(id: ResourceId): Promise<Readonly<{ isOpen: boolean; dirty: boolean }>>;
  /** One more try; its etag tells `looked` whether somebody wanted it since. */
  tried(id: ResourceId, wanted: Wanted, tries: number): Promise<Wanted>;
  /** Clears the flag, unless somebody wanted it since `tried`. */
  looked(id: ResourceId, tried: Wanted, lookedAt: string): Promise<void>;
  /** Takes the resource for five minutes, or says for how many seconds another has it. */
  begin(id: ResourceId, owner: string): Promise<Pass | Busy>;
  /** Appends outside a pass: a person's word. */
  note(id: ResourceId | "", entry: Entry): Promise<void>;
  /** The newest records and touches, oldest first. */
  history(id: ResourceId): Promise<History>;
  /** Resources whose flag has been up, or whose remediation open, without a look since `before`. */
  stuck(before: string): Promise<readonly Stuck[]>;
}>;
export type Wanted = Readonly<{ dirty: boolean; tries: number; lookedAt?: string; etag?: string }>;
export type Busy = Readonly<{ busySeconds: number }>;
export type History = Readonly<{ records: readonly AuditRecord[]; touches: readonly Touch[] }>;
export type Stuck = Readonly<{ resourceId: ResourceId; open?: Remediation }>;

/**
 * `append` writes record, chain head and progress in one transaction and throws `conflict` once
 * another worker has taken over: who cannot record cannot act.
 */
export type Pass = Readonly<{
  open: Remediation | undefined;
  secondsLeft(): number;
  append(entry: Entry, open: Remediation | undefined): Promise<void>;
  /** Progress without a record. */
  keep(open: Remediation | undefined): Promise<void>;
  extend(minutes: number): Promise<void>;
  end(): Promise<void>;
}>;

/** Findings and memory of one resource, read and saved as one. */
export type Estate = Readonly<{
  recall(id: ResourceId): Promise<Remembered | undefined>;
  /** Undefined: the resource is gone, its findings are closed. */
  remember(id: ResourceId, it: Remembered | undefined): Promise<void>;
  /** By id or a prefix of at least four characters; several where the prefix is not unique. */
  find(prefix: string): Promise<readonly Finding[]>;
  findings(): Promise<readonly Finding[]>;
  approve(finding: Finding, approval: Approval): Promise<void>;
}>;

/** Switches, caps and the age of the installation. */
export type Gates = Readonly<{
  /** Says, once, that Airlock is here from now on. */
  install(): Promise<void>;
  /** Before `install`: as if it came this moment, so nothing counts as new. */
  installation(): Promise<Installation>;
  /** A reason why no write may be sent now; else one is taken from each cap. */
  mayWrite(plan: Plan): Promise<string | undefined>;
  stop(by: string, reason: string): Promise<void>;
  resume(): Promise<void>;
  baselineDone(at: string): Promise<void>;
}>;
export type Installation = Readonly<{
  installedAt: string;
  baselineAt?: string;
  stopped?: Readonly<{ by: string; reason: string; at: string }>;
}>;

/** What the policy says of one rule on one resource; the only reader of modes and exemptions. */
export type Policy = (ruleId: string, resource: Resource) => Promise<Ruling>;
export type Ruling = Readonly<{ mode: "off" | "observe" | "enforce"; because: string }>;

/** The queue `reconcile`. */
export type Work = Readonly<{ send(item: WorkItem, delaySeconds: number): Promise<void> }>;

/** What was given up or could not be read, kept to list and replay. */
export type Poison = Readonly<{
  keep(it: Readonly<{ source: string; text: string; because: string }>): Promise<void>;
}>;

/** Constant text; facts are fields. */
export type Log = (
  level: "info" | "warn" | "error",
  text: string,
  fields: Readonly<Record<string, unknown>>,
) => void;
