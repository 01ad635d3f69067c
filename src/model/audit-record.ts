import type { Json } from "./json.ts";
import type { Request } from "./request.ts";
import type { ResourceId } from "./resource-id.ts";

type Of<Action extends string, More> = Readonly<{ action: Action }> & Readonly<More>;

/** What happened, before it is chained. `recordId` goes to ARM as x-ms-client-request-id. */
export type Entry = Readonly<{
  schema: 1;
  recordId: string;
  at: string;
  runId: string;
  resourceId: ResourceId | "";
  ruleId?: string;
  remediationId?: string;
}> &
  (
    | Of<
        "intended",
        Step & { request: Request; before: Json; because: string; seen?: readonly Actor[] }
      >
    | Of<"applied", Step & { status: number }>
    | Of<"refused", Step & { because: string }>
    | Of<"resumed", Step & { because: string }>
    | Of<"verified", Step & { after: Json; sent?: "unknown" }>
    | Of<"failed", Step & { because: string; restored?: true }>
    | Of<"approved" | "rejected", { by: string; reason: string; shown: string }>
    | Of<"stopped" | "started", { by: string; reason: string }>
  );
export type Action = Entry["action"];

type Step = Readonly<{ step: number; title: string }>;

/** An entry in its chain: `hash` covers sequence, the hash before and the entry, as canonical JSON. */
export type AuditRecord = Readonly<{
  sequence: number;
  previous: string;
  hash: string;
  entry: Entry;
}>;

/** Somebody an event named. Hearsay: shown to people, never decided on. */
export type Actor = Readonly<{
  claimedBy: string;
  appId?: string;
  objectId?: string;
  ipAddress?: string;
}>;

/** Who touched a resource, from an event's claims. Outside the chain. */
export type Touch = Readonly<{
  eventId: string;
  at: string;
  actor: Actor;
  operation?: string;
  correlationId?: string;
  clientRequestId?: string;
}>;
