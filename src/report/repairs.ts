import type { Actor, AuditRecord, Entry } from "../model/audit-record.ts";
import { contains, type Json } from "../model/json.ts";
import type { Request } from "../model/request.ts";

/** One remediation, from the records of it that are at hand; the last of them says how it ended. */
export type Repair = Readonly<{
  remediationId: string;
  resourceId: string;
  ruleId: string;
  outcome: "repaired" | "failed" | "put back" | "refused" | "under way";
  /** What was wrong; empty where the record of it is older than what was asked for. */
  wrong: string;
  /** Why it was refused or failed. */
  because?: string;
  /** Somebody else may have repaired it: ARM's answer to our write is not known. */
  sent?: "unknown";
  seen: readonly Actor[];
  writes: readonly Readonly<{ at: string; title: string; request: Request }>[];
  changes: readonly Change[];
  /** Of the first and of the last record. */
  beganAt: string;
  lastAt: string;
}>;

/** One value that was read before and after. Absent: it was not there. */
export type Change = Readonly<{ path: string; before?: Json; after: Json }>;

type StepEntry = Extract<Entry, { step: number }>;
type Intended = Extract<Entry, { action: "intended" }>;

/** The repairs that these records tell of, the newest first. */
export function repairsIn(records: readonly AuditRecord[]): readonly Repair[] {
  const steps = records.filter(isOfStep).sort((a, b) => a.sequence - b.sequence);
  const groups = Map.groupBy(steps, ({ entry }) => entry.remediationId ?? entry.recordId);
  const repairs = [...groups].map(([id, group]) =>
    repairOf(
      id,
      group.map((it) => it.entry),
    ),
  );
  return repairs.sort((a, b) => compare(b.lastAt, a.lastAt) || compare(a.resourceId, b.resourceId));
}

const isOfStep = (it: AuditRecord): it is AuditRecord & { entry: StepEntry } => "step" in it.entry;

/** By code units: the same everywhere, whatever the locale. */
export const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function repairOf(remediationId: string, entries: readonly StepEntry[]): Repair {
  const intended = entries.filter((it) => it.action === "intended");
  const [first, last] = [entries[0], entries.at(-1)];
  return {
    remediationId,
    resourceId: first?.resourceId ?? "",
    ruleId: first?.ruleId ?? "",
    ...endOf(last),
    wrong: intended[0]?.because ?? "",
    seen: intended.flatMap((it) => it.seen ?? []),
    writes: intended.map(({ at, title, request }) => ({ at, title, request })),
    changes: last?.action === "verified" ? changesOf(intended, last.after) : [],
    beganAt: first?.at ?? "",
    lastAt: last?.at ?? "",
  };
}

function endOf(last: StepEntry | undefined): Pick<Repair, "outcome" | "because" | "sent"> {
  switch (last?.action) {
    case "verified":
      return { outcome: "repaired", ...(last.sent && { sent: last.sent }) };
    case "failed":
      return { outcome: last.restored ? "put back" : "failed", because: last.because };
    case "refused":
      return { outcome: "refused", because: last.because };
    default:
      return { outcome: "under way" };
  }
}

/** Only of `properties`: a proof reads no more than that. Each value against the first that was seen. */
function changesOf(intended: readonly Intended[], after: Json): readonly Change[] {
  return leavesOf(after, []).flatMap(([path, value]) => {
    if (path[0] !== "properties") return [];
    const before = intended.map((it) => valueAt(it.before, path)).find((it) => it !== undefined);
    if (before !== undefined && contains(before, value)) return [];
    return { path: path.join("."), ...(before !== undefined && { before }), after: value };
  });
}

type Leaf = readonly [path: readonly string[], value: Json];

function leavesOf(value: Json | undefined, path: readonly string[]): readonly Leaf[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || isList(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, it]) => leavesOf(it, [...path, key]));
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || isList(at) || !Object.hasOwn(at, key))
      return undefined;
    at = at[key];
  }
  return at;
}
