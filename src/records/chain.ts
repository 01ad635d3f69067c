import type { AuditRecord, Entry } from "../model/audit-record.ts";
import { canonicalJson, hashText } from "../model/hash.ts";
import type { ResourceId } from "../model/resource-id.ts";
import { fold, unfold } from "./overflow.ts";
import type { Blobs, Row, Table, Write } from "./ports.ts";

/** The end of a chain. Sequence 0 and an empty hash before its first record. */
export type Head = Readonly<{ sequence: number; hash: string; etag: string | undefined }>;

export const rowOf = (sequence: number): string => `r${String(sequence).padStart(10, "0")}`;

/** The hash of a record: its place, the hash before it and what happened, as canonical JSON. */
export function chainHash(sequence: number, previous: string, entry: Entry): string {
  return hashText(canonicalJson({ sequence, previous, entry }));
}

export function headOf(row: Row | undefined): Head {
  if (!row) return { sequence: 0, hash: "", etag: undefined };
  const { sequence, hash } = row.columns;
  return { sequence: Number(sequence), hash: String(hash), etag: row.etag };
}

/** The two writes that append an entry behind `head`: the record, and the head moved on. */
export async function appending(
  blobs: Blobs,
  head: Head,
  entry: Entry,
): Promise<{ writes: readonly Write[]; next: Omit<Head, "etag"> }> {
  const sequence = head.sequence + 1;
  const hash = chainHash(sequence, head.hash, entry);
  const columns = { sequence, hash, resourceId: entry.resourceId, at: entry.at };
  const moved: Write = head.etag
    ? { do: "merge", row: "head", columns, etag: head.etag }
    : { do: "insert", row: "head", columns };
  const record: Write = {
    do: "insert",
    row: rowOf(sequence),
    columns: {
      schema: entry.schema,
      recordId: entry.recordId,
      entry: await fold(blobs, canonicalJson(entry)),
      previous: head.hash,
      hash,
    },
  };
  return { writes: [record, moved], next: { sequence, hash } };
}

export async function recordOf(blobs: Blobs, row: Row): Promise<AuditRecord> {
  const { entry, previous, hash } = row.columns;
  return {
    sequence: Number(row.row.slice(1)),
    previous: String(previous),
    hash: String(hash),
    entry: JSON.parse(await unfold(blobs, String(entry))),
  };
}

/** A resource that something was recorded of, "" for the installation itself, and when that was last. */
export type Audited = Readonly<{ resourceId: ResourceId; at: string }>;

export const auditedIn = async (journal: Table): Promise<readonly Audited[]> =>
  (await journal.everywhere("head")).map(({ columns }) => ({
    resourceId: String(columns["resourceId"]) as ResourceId,
    at: String(columns["at"]),
  }));
