import { AirlockError, isKind } from "../model/airlock-error.ts";
import type { Entry } from "../model/audit-record.ts";
import type { Remediation } from "../model/remediation.ts";
import type { Busy, Log, Pass } from "../pipeline/ports.ts";
import { appending, type Head, headOf, rowOf } from "./chain.ts";
import { fold, unfold } from "./overflow.ts";
import type { Blobs, Columns, Row, Table } from "./ports.ts";

export type Storage = Readonly<{ journal: Table; blobs: Blobs; now(): Date; log: Log }>;

const skewMs = 30_000;
const leaseMs = 5 * 60_000;
const never = new Date(0).toISOString();

/** Takes a resource: its etag is the fence that a late worker runs into. */
export async function beginPass(
  storage: Storage,
  key: string,
  owner: string,
): Promise<Pass | Busy> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const [was, headRow] = await Promise.all([
      storage.journal.get(key, "pass"),
      storage.journal.get(key, "head"),
    ]);
    const busySeconds = busyFor(was, owner, storage.now());
    if (busySeconds > 0) return { busySeconds };
    try {
      const beganAt = storage.now().toISOString();
      const until = new Date(storage.now().getTime() + leaseMs).toISOString();
      const columns = { owner, until, beganAt, epoch: Number(was?.columns["epoch"] ?? 0) + 1 };
      const etag = await storage.journal.write(key, claim(was, columns));
      const open = await openOf(storage.blobs, was);
      return passOf(storage, { key, owner, until, etag, head: headOf(headRow), open });
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
    }
  }
  return { busySeconds: 2 };
}

const claim = (was: Row | undefined, columns: Columns) =>
  was
    ? ({ do: "merge", row: "pass", columns, etag: was.etag } as const)
    : ({ do: "insert", row: "pass", columns: { ...columns, open: "" } } as const);

function busyFor(was: Row | undefined, owner: string, now: Date): number {
  const { owner: held, until } = was?.columns ?? {};
  if (held === owner || typeof until !== "string") return 0;
  return Math.ceil((Date.parse(until) + skewMs - now.getTime()) / 1000);
}

export async function openOf(blobs: Blobs, row: Row | undefined): Promise<Remediation | undefined> {
  const open = row?.columns["open"];
  return typeof open === "string" && open !== ""
    ? JSON.parse(await unfold(blobs, open))
    : undefined;
}

type Held = Readonly<{ key: string; owner: string }> & {
  until: string;
  etag: string;
  head: Head;
  open: Remediation | undefined;
};

function passOf(storage: Storage, held: Held): Pass {
  const { journal, blobs, now } = storage;
  const { key } = held;
  const merge = async (columns: Columns) => {
    held.etag = await journal.write(key, { do: "merge", row: "pass", columns, etag: held.etag });
  };
  return {
    get open() {
      return held.open;
    },
    secondsLeft: () => (Date.parse(held.until) - now().getTime()) / 1000,
    async keep(open) {
      await merge({ open: await textOf(blobs, open) });
      held.open = open;
    },
    async extend(minutes) {
      const until = new Date(now().getTime() + minutes * 60_000).toISOString();
      await merge({ until });
      held.until = until;
    },
    append: (entry, open) => append(storage, held, entry, open),
    end: () => endPass(journal, held),
  };
}

const textOf = async (blobs: Blobs, open: Remediation | undefined): Promise<string> =>
  open === undefined ? "" : fold(blobs, JSON.stringify(open));

/** Record, head and progress in one transaction; who has lost the pass cannot record, so cannot act. */
async function append(
  storage: Storage,
  held: Held,
  entry: Entry,
  open: Remediation | undefined,
): Promise<void> {
  const { journal, blobs, log } = storage;
  const columns = { open: await textOf(blobs, open) };
  for (let attempt = 0; attempt < 5; attempt++) {
    const { writes, next } = await appending(blobs, held.head, entry);
    try {
      const progress = { do: "merge", row: "pass", columns, etag: held.etag } as const;
      const etags = await journal.transact(held.key, [...writes, progress]);
      held.head = { ...next, etag: etags[1] ?? "" };
      held.etag = etags[2] ?? "";
      held.open = open;
      log("info", "Appended to the audit log.", { key: held.key, ...next });
      return;
    } catch (error) {
      if (await wasCommitted(storage, held, entry, next.sequence, error)) {
        held.open = open;
        return;
      }
    }
  }
  throw new AirlockError("retry", "The chain moved on five times while a record was appended.");
}

/**
 * After a conflict or an answer that never came: our own row says that it was written. Otherwise a
 * head that moved (an approval) is read again, and a pass that moved means that we have lost it.
 */
async function wasCommitted(
  { journal }: Storage,
  held: Held,
  { recordId }: Entry,
  sequence: number,
  error: unknown,
): Promise<boolean> {
  if (!isKind(error, "conflict") && !(error instanceof AirlockError && error.isAmbiguous))
    throw error;
  const [record, pass, head] = await Promise.all([
    journal.get(held.key, rowOf(sequence)),
    journal.get(held.key, "pass"),
    journal.get(held.key, "head"),
  ]);
  const isMine = record?.columns["recordId"] === recordId;
  if (!isMine && pass?.etag !== held.etag)
    throw new AirlockError("conflict", "Another worker has taken this resource.");
  held.head = headOf(head);
  held.etag = pass?.etag ?? held.etag;
  return isMine;
}

async function endPass(journal: Table, held: Held): Promise<void> {
  const columns = { owner: "", until: never };
  try {
    await journal.write(held.key, { do: "merge", row: "pass", columns, etag: held.etag });
  } catch (error) {
    if (!isKind(error, "conflict")) throw error;
    const now = await journal.get(held.key, "pass");
    if (now?.columns["owner"] !== held.owner) return;
    await journal.write(held.key, { do: "merge", row: "pass", columns, etag: now.etag });
  }
}
