import { AirlockError, isKind } from "../model/airlock-error.ts";
import type { Entry, Touch } from "../model/audit-record.ts";
import { keyOf, type ResourceId } from "../model/resource-id.ts";
import type { Journal, Stuck, Wanted } from "../pipeline/ports.ts";
import { appending, headOf, recordOf, rowOf } from "./chain.ts";
import { beginPass, openOf, type Storage } from "./pass.ts";
import type { Row } from "./ports.ts";

/** Touches are hearsay and kept short: the newest of them name who was seen. */
const mostTouches = 20;
const mostRecords = 60;

/** One partition a judged resource: records, head, pass, dirty flag and touches. */
export function createJournal(storage: Storage): Journal {
  const { journal, now } = storage;
  return {
    async want(id, touch) {
      const key = keyOf(id);
      if (touch) await noteTouch(storage, key, touch);
      const columns = { dirty: true, wantedAt: now().toISOString(), resourceId: id };
      await journal.write(key, { do: "merge", row: "wanted", columns });
    },
    wanted: async (id) => wantedOf(await journal.get(keyOf(id), "wanted")),
    async peek(id) {
      const [pass, wanted] = await Promise.all([
        journal.get(keyOf(id), "pass"),
        journal.get(keyOf(id), "wanted"),
      ]);
      return { isOpen: Boolean(pass?.columns["open"]), dirty: wantedOf(wanted).dirty };
    },
    tried: (id, wanted, tries) => noteTry(storage, id, wanted, tries),
    async looked(id, { etag }, lookedAt) {
      if (etag === undefined) return;
      const columns = { dirty: false, tries: 0, lookedAt };
      try {
        await journal.write(keyOf(id), { do: "merge", row: "wanted", columns, etag });
      } catch (error) {
        if (!isKind(error, "conflict")) throw error; // somebody wanted it since; their message exists
      }
    },
    begin: (id, owner) => beginPass(storage, keyOf(id), owner),
    note: (id, entry) => note(storage, id, entry),
    history: (id) => historyOf(storage, keyOf(id)),
    stuck: (before) => stuckSince(storage, before),
  };
}

const touchRow = ({ at, eventId }: Touch): string =>
  `t~${at}~${eventId.replace(/[^A-Za-z0-9-]/g, "").slice(0, 60)}`;

async function noteTouch({ journal }: Storage, key: string, touch: Touch): Promise<void> {
  const columns = { touch: JSON.stringify(touch).slice(0, 8000) };
  try {
    await journal.write(key, { do: "insert", row: touchRow(touch), columns });
  } catch (error) {
    if (!isKind(error, "conflict")) throw error; // the same event came before
  }
}

function wantedOf(row: Row | undefined): Wanted {
  const { dirty, tries, lookedAt } = row?.columns ?? {};
  return {
    dirty: dirty === true,
    tries: Number(tries ?? 0),
    ...(typeof lookedAt === "string" && { lookedAt }),
    ...(row && { etag: row.etag }),
  };
}

async function noteTry(
  { journal, now }: Storage,
  id: ResourceId,
  wanted: Wanted,
  tries: number,
): Promise<Wanted> {
  const key = keyOf(id);
  let was = wanted;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const at = was.etag === undefined ? {} : { etag: was.etag };
      const etag = await journal.write(key, {
        do: "merge",
        row: "wanted",
        columns: { tries, wantedAt: now().toISOString() }, // a look is a sign of life
        ...at,
      });
      return { ...was, tries, etag };
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
      was = wantedOf(await journal.get(key, "wanted"));
    }
  }
  throw new AirlockError("retry", "The flag of this resource moves too fast.");
}

/** A person's word: behind the head alone, since a pass may be under way. */
async function note({ journal, blobs, log }: Storage, id: ResourceId | "", entry: Entry) {
  const key = keyOf(id);
  for (let attempt = 0; attempt < 5; attempt++) {
    const { writes, next } = await appending(blobs, headOf(await journal.get(key, "head")), entry);
    try {
      await journal.transact(key, writes);
      log("info", "Appended to the audit log.", { key, ...next });
      return;
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
    }
  }
  throw new AirlockError("retry", "The chain moved on five times while a record was appended.");
}

async function historyOf({ journal, blobs }: Storage, key: string) {
  const { sequence } = headOf(await journal.get(key, "head"));
  const rows = await journal.rows(key, rowOf(Math.max(1, sequence - mostRecords)), "u");
  const isTouch = (it: Row) => it.row.startsWith("t~");
  const records = await Promise.all(
    rows.filter((it) => !isTouch(it)).map((it) => recordOf(blobs, it)),
  );
  const touches = rows.filter(isTouch);
  const old = touches.slice(0, -mostTouches).map(({ row }) => ({ do: "remove", row }) as const);
  if (old.length > 0) await journal.transact(key, old.slice(0, 100));
  return {
    records,
    touches: touches
      .slice(-mostTouches)
      .map((it): Touch => JSON.parse(String(it.columns["touch"]))),
  };
}

/** A flag that nobody answered, or a repair that nobody went on with. */
async function stuckSince({ journal, blobs }: Storage, before: string): Promise<readonly Stuck[]> {
  const [wanted, passes] = await Promise.all([
    journal.everywhere("wanted"),
    journal.everywhere("pass"),
  ]);
  const working = passes.filter(({ columns }) => columns["open"]);
  const open = working.filter(({ columns }) => String(columns["beganAt"]) < before);
  const atWork = new Set(working.map((it) => it.partition)); // their flags stay up until they end
  const late = wanted.filter(
    ({ partition, columns }) =>
      columns["dirty"] === true && String(columns["wantedAt"]) < before && !atWork.has(partition),
  );
  const keys = new Set([...open, ...late].map((it) => it.partition));
  const idOf = new Map(wanted.map((it) => [it.partition, String(it.columns["resourceId"])]));
  return Promise.all(
    [...keys].map(async (key) => {
      const remediation = await openOf(
        blobs,
        open.find((it) => it.partition === key),
      );
      return {
        resourceId: (idOf.get(key) ?? "") as ResourceId,
        ...(remediation && { open: remediation }),
      };
    }),
  );
}
