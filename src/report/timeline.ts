import type { AuditRecord, Entry } from "../model/audit-record.ts";
import { describeActor, describeEntry, describeRequest, oneLine, proofOf } from "./words.ts";

export type TimelineLine = Readonly<{
  at: string;
  what: "seen" | "wrong" | "before" | "send" | "answer" | "after" | "proof" | "end" | "person";
  text: string;
}>;

/** The records of one resource as lines in their order: who, what was wrong, what was sent, the proof. */
export function timeline(records: readonly AuditRecord[]): readonly TimelineLine[] {
  const inOrder = [...records].sort((a, b) => a.sequence - b.sequence);
  return inOrder.flatMap(({ entry }) => linesOf(entry).map((it) => ({ at: entry.at, ...it })));
}

type Line = Omit<TimelineLine, "at">;

function linesOf(entry: Entry): readonly Line[] {
  switch (entry.action) {
    case "intended":
      return intentionOf(entry);
    case "applied":
    case "refused":
      return [{ what: "answer", text: describeEntry(entry) }];
    case "verified":
      return [
        { what: "after", text: textOf(entry.after) },
        { what: "proof", text: oneLine(`${entry.title}: ${proofOf(entry)}`) },
      ];
    case "resumed":
    case "failed":
      return [{ what: "end", text: describeEntry(entry) }];
    default:
      return [{ what: "person", text: describeEntry(entry) }];
  }
}

function intentionOf(entry: Extract<Entry, { action: "intended" }>): readonly Line[] {
  const { seen = [], because, before, title, request } = entry;
  return [
    ...seen.map((it) => ({ what: "seen", text: describeActor(it) }) as const),
    { what: "wrong", text: oneLine(because) },
    { what: "before", text: textOf(before) },
    { what: "send", text: oneLine(`${title}: ${describeRequest(request)}`) },
  ];
}

const textOf = (value: unknown): string => oneLine(JSON.stringify(value));
