import { expect } from "vitest";
import type { AuditRecord } from "../../src/model/audit-record.ts";
import { chainHash } from "../../src/records/chain.ts";
import type { Exchange } from "./simulated-arm.ts";

/** What must hold of a trail and of what ARM was sent, wherever workers were killed. */
export function expectTruth(
  records: readonly AuditRecord[],
  exchanges: readonly Exchange[],
  kills: number,
): void {
  const writes = exchanges.filter((it) => it.method !== "GET" && it.method !== "POST");
  const intended = records.filter((it) => it.entry.action === "intended").length;
  expect(writes.length, "every write had its record").toBeLessThanOrEqual(intended);
  expect(intended - writes.length, "only kills leave an intent unsent").toBeLessThanOrEqual(kills);
  expectOutcomes(records);
  expectChain(records);
}

/** Each intent is resolved before the next one, and the last word is no intent. */
function expectOutcomes(records: readonly AuditRecord[]): void {
  let open: number | undefined;
  for (const { entry, sequence } of records) {
    if (entry.action === "intended") {
      expect(open, `the intent ${open} was resolved before ${sequence}`).toBeUndefined();
      open = sequence;
    } else if (["applied", "verified", "failed", "refused", "resumed"].includes(entry.action))
      open = undefined;
  }
  expect(open, "the last intent was resolved").toBeUndefined();
}

function expectChain(records: readonly AuditRecord[]): void {
  let previous = "";
  for (const [index, it] of records.entries()) {
    expect(it.sequence).toBe(index + 1);
    expect(it.previous).toBe(previous);
    expect(it.hash).toBe(chainHash(it.sequence, previous, it.entry));
    previous = it.hash;
  }
}

export const trail = (records: readonly AuditRecord[]): string =>
  records
    .map(({ entry }) => ("step" in entry ? `${entry.action} ${entry.step}` : entry.action))
    .join(", ");
