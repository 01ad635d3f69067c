import { AirlockError, messageOf } from "../model/airlock-error.ts";
import { chainHash, headOf, recordOf } from "./chain.ts";
import type { Blobs, Row, Table } from "./ports.ts";

/** One chain, walked. `broken` names the first row that is not what was written. */
export type ChainReport = Readonly<{
  key: string;
  resourceId: string;
  records: number;
  broken?: Readonly<{ row: string; because: string }>;
}>;

/** Walks every chain from its first record to its head. */
export async function verifyChains(journal: Table, blobs: Blobs): Promise<readonly ChainReport[]> {
  const heads = await journal.everywhere("head");
  return Promise.all(
    heads.map(async (head) => {
      const rows = await journal.rows(head.partition, "r0", "r:");
      const broken = await firstBroken(blobs, rows, head);
      return {
        key: head.partition,
        resourceId: String(head.columns["resourceId"] ?? ""),
        records: rows.length,
        ...(broken && { broken }),
      };
    }),
  );
}

async function firstBroken(blobs: Blobs, rows: readonly Row[], head: Row) {
  let previous = "";
  for (const [index, row] of rows.entries()) {
    const because = await problemOf(blobs, row, index + 1, previous);
    if (because) return { row: row.row, because };
    previous = String(row.columns["hash"]);
  }
  const { sequence, hash } = headOf(head);
  if (sequence === rows.length && hash === previous) return undefined;
  return { row: "head", because: `The head says ${sequence} records, ${rows.length} are there.` };
}

async function problemOf(blobs: Blobs, row: Row, sequence: number, previous: string) {
  try {
    const record = await recordOf(blobs, row);
    if (record.sequence !== sequence) return `Record ${sequence} is missing.`;
    if (record.previous !== previous) return "It does not follow the record before it.";
    const isTrue = chainHash(sequence, previous, record.entry) === record.hash;
    return isTrue ? undefined : "It is not what was written.";
  } catch (error) {
    if (error instanceof AirlockError && error.kind === "retry") throw error;
    return messageOf(error);
  }
}
