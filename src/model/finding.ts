import type { Decision } from "./decision.ts";
import type { Plan } from "./remediation.ts";
import type { ResourceId } from "./resource-id.ts";
import type { ResourceType } from "./resource-types/index.ts";
import type { Rule } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

/** A person's word on exactly what was shown: requests and objections. Anything new voids it. */
export type Approval = Readonly<{
  shown: string;
  answer: "approve" | "reject";
  by: string;
  reason: string;
  at: string;
  until: string;
}>;

/** One rule's complaint about one resource, kept until the rule is content. */
export type Finding = Readonly<{
  /** Hash of rule and resource, 16 hexadecimal digits. */
  id: string;
  ruleId: string;
  severity: Rule["severity"];
  title: string;
  resourceId: ResourceId;
  resourceType: ResourceType;
  verdict: Extract<Verdict, { because: string }>;
  decision: Decision;
  objections: readonly string[];
  plan?: Plan;
  /** Hash of what a person must have seen to approve it. */
  shown: string;
  approval?: Approval;
  since: string;
}>;

/** What is remembered of one resource between passes. */
export type Memory = Readonly<{
  resourceId: ResourceId;
  resourceType: ResourceType;
  /** A Resource Graph row may be minutes old and never replaces a younger ARM reading. */
  readAt: string;
  readFrom: "arm" | "graph";
  firstSeenAt: string;
  approvedEndpoints: readonly string[];
  /** By rule id. */
  rules: Readonly<Record<string, RuleMemory>>;
}>;

export type RuleMemory = Readonly<{
  status: Verdict["status"];
  compliantAt?: string;
  /** When a repair of ours held; three within a day make it contested. */
  repairedAt?: readonly string[];
  /** What a fix left uncured: no second try until it changes or a person asks. */
  uncured?: Readonly<{ hash: string; at: string; because: string }>;
}>;

export type Remembered = Readonly<{ memory: Memory; findings: readonly Finding[] }>;
