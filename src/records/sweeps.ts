import { AirlockError, isKind } from "../model/airlock-error.ts";
import { hashText } from "../model/hash.ts";
import type { BatchResult, Complete, Sweep, SweepBatch, Sweeps } from "../pipeline/sweep.ts";
import type { Blobs, Row, Table } from "./ports.ts";

/** One partition holds the sweeps, newest last; each sweep's batches are a partition of their own. */
export function createSweeps(sweeps: Table, blobs: Blobs): Sweeps {
  return {
    async begin(sweep) {
      const columns = { ...sweep, isDone: false };
      await sweeps.write("sweeps", { do: "insert", row: sweep.id, columns });
    },
    async latest() {
      const row = (await sweeps.rows("sweeps", "0", "~")).at(-1);
      return row && { ...sweepOf(row), isDone: row.columns["isDone"] === true };
    },
    async keep(batch, result) {
      const row = batchRow(batch);
      const name = `sweeps/${hashText(batch.sweepId).slice(0, 16)}/${row}.json`;
      await blobs.put("records", name, JSON.stringify(result), "application/json");
      const columns = { blob: name, resources: result.resources.length };
      await sweeps.write(batch.sweepId, { do: "replace", row, columns });
      return ifComplete(sweeps, blobs, batch.sweepId);
    },
    async markDone({ sweep, etag }) {
      const columns = { isDone: true };
      try {
        await sweeps.write("sweeps", { do: "merge", row: sweep.id, columns, etag });
        return true;
      } catch (error) {
        if (isKind(error, "conflict")) return false;
        throw error;
      }
    },
  };
}

const batchRow = ({ subscription, resourceType }: SweepBatch): string =>
  `b~${hashText(`${subscription}~${resourceType}`).slice(0, 16)}`;

function sweepOf({ row, columns }: Row): Sweep {
  const kind = columns["kind"] === "baseline" ? "baseline" : "weekly";
  return { id: row, kind, beganAt: String(columns["beganAt"]), total: Number(columns["total"]) };
}

/** Counted after each result was kept, so the last one sees all. */
async function ifComplete(
  sweeps: Table,
  blobs: Blobs,
  sweepId: string,
): Promise<Complete | undefined> {
  const row = await sweeps.get("sweeps", sweepId);
  if (!row || row.columns["isDone"] === true) return undefined;
  const sweep = sweepOf(row);
  const done = await sweeps.rows(sweepId, "b~", "b~~");
  if (done.length < sweep.total) return undefined;
  const results = await Promise.all(done.map((it) => resultIn(blobs, it)));
  return { sweep, results, etag: row.etag };
}

/** A result that is gone must not pass for an empty one: its resources would look as if nobody had them. */
async function resultIn(blobs: Blobs, { columns }: Row): Promise<BatchResult> {
  const text = await blobs.get("records", String(columns["blob"]));
  if (text === undefined)
    throw new AirlockError("retry", "The result of a batch of the sweep is gone.");
  return JSON.parse(text);
}
