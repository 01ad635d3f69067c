import type { Finding, Memory } from "../model/finding.ts";
import { canonicalJson } from "../model/hash.ts";
import { keyOf, type ResourceId, subscriptionOf } from "../model/resource-id.ts";
import type { Estate } from "../pipeline/ports.ts";
import { fold, unfold } from "./overflow.ts";
import type { Blobs, Row, Table, Write } from "./ports.ts";

type Storage = Readonly<{ estate: Table; blobs: Blobs; subscriptions: readonly string[] }>;

const ranks: Readonly<Record<Finding["severity"], number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};

const memoryRow = (id: ResourceId) => `r~${keyOf(id)}`;
const findingRow = ({ severity, resourceId, ruleId }: Finding) =>
  `f~${ranks[severity]}~${keyOf(resourceId)}~${ruleId}`;

/** One partition a subscription: the memory of each resource, and its findings, worst first. */
export function createEstate(storage: Storage): Estate {
  const { estate, subscriptions } = storage;
  const findings = async () => {
    const rows = await Promise.all(subscriptions.map((it) => estate.rows(it, "f~", "f~~")));
    return Promise.all(rows.flat().map((it) => findingOf(storage.blobs, it)));
  };
  return {
    async recall(id) {
      const row = await estate.get(subscriptionOf(id), memoryRow(id));
      if (!row) return undefined;
      const memory: Memory = JSON.parse(await unfold(storage.blobs, String(row.columns["memory"])));
      const found = await Promise.all(rowsOf(row).map((it) => estate.get(subscriptionOf(id), it)));
      const kept = found.filter((it) => it !== undefined);
      return {
        memory,
        findings: await Promise.all(kept.map((it) => findingOf(storage.blobs, it))),
      };
    },
    remember: (id, it) => remember(storage, id, it),
    findings,
    async find(prefix) {
      if (prefix.length < 4) return [];
      const wanted = prefix.toLowerCase();
      return (await findings()).filter((it) => it.id.startsWith(wanted));
    },
    async approve(finding, approval) {
      const columns = { approval: JSON.stringify(approval) };
      const row = await estate.get(subscriptionOf(finding.resourceId), findingRow(finding));
      if (!row) return;
      const write = { do: "merge", row: row.row, columns, etag: row.etag } as const;
      await estate.write(row.partition, write);
    },
  };
}

const rowsOf = (row: Row | undefined): readonly string[] => {
  const findings = row?.columns["findings"];
  return typeof findings === "string" ? JSON.parse(findings) : [];
};

/** `approval` is a column of its own, which a pass never writes: a person's word is not lost to a race. */
async function findingOf(blobs: Blobs, { columns }: Row): Promise<Finding> {
  const finding: Finding = JSON.parse(await unfold(blobs, String(columns["finding"])));
  const { approval } = columns;
  return typeof approval === "string" ? { ...finding, approval: JSON.parse(approval) } : finding;
}

/** Memory and findings move together; a finding that is no more takes its approval with it. */
async function remember(
  { estate, blobs }: Storage,
  id: ResourceId,
  it: Parameters<Estate["remember"]>[1],
): Promise<void> {
  const partition = subscriptionOf(id);
  const was = await estate.get(partition, memoryRow(id));
  const before = rowsOf(was);
  const after = (it?.findings ?? []).map(findingRow);
  const gone = before.filter((row) => !after.includes(row));
  const kept = await Promise.all((it?.findings ?? []).map((one) => writeOf(blobs, one)));
  const writes: Write[] = [...gone.map((row) => ({ do: "remove", row }) as const), ...kept];
  if (it) {
    const memory = await fold(blobs, canonicalJson(it.memory));
    const columns = { memory, findings: JSON.stringify(after), resourceId: id };
    writes.push({ do: "merge", row: memoryRow(id), columns });
  } else if (was) writes.push({ do: "remove", row: memoryRow(id) });
  if (writes.length > 0) await estate.transact(partition, writes);
}

async function writeOf(blobs: Blobs, finding: Finding): Promise<Write> {
  const { approval: _, ...rest } = finding;
  const columns = { finding: await fold(blobs, canonicalJson(rest)), findingId: finding.id };
  return { do: "merge", row: findingRow(finding), columns };
}
