import { isKind } from "../model/airlock-error.ts";
import type { Plan } from "../model/remediation.ts";
import { keyOf } from "../model/resource-id.ts";
import type { Gates, Installation } from "../pipeline/ports.ts";
import type { Row, Table } from "./ports.ts";

/** How much may be written before a person looks: per resource and day, per rule and hour. */
const mostPerResourceAndDay = 12;
const mostPerRuleAndHour = 60;

const partition = "gates";

/** Switches, caps and the age of the installation, in one partition. What cannot be read forbids. */
export function createGates(gates: Table, now: () => Date): Gates {
  return {
    install: () => install(gates, now),
    installation: () => installationOf(gates, now),
    async mayWrite(plan) {
      const { stopped } = await installationOf(gates, now);
      if (stopped) return `${stopped.by} stopped all writes: ${stopped.reason}`;
      return reserve(gates, plan, now().toISOString());
    },
    async stop(by, reason) {
      const columns = { isStopped: true, by, reason, at: now().toISOString() };
      await gates.write(partition, { do: "replace", row: "switch", columns });
    },
    resume: async () => gates.write(partition, { do: "remove", row: "switch" }).then(() => {}),
    async baselineDone(at) {
      await install(gates, now);
      const columns = { baselineAt: at };
      await gates.write(partition, { do: "merge", row: "installation", columns });
    },
  };
}

async function installationOf(gates: Table, now: () => Date): Promise<Installation> {
  const [row, stop] = await Promise.all([
    gates.get(partition, "installation"),
    gates.get(partition, "switch"),
  ]);
  const { installedAt, baselineAt } = row?.columns ?? {};
  return {
    installedAt: typeof installedAt === "string" ? installedAt : now().toISOString(),
    ...(typeof baselineAt === "string" && { baselineAt }),
    ...(stop && { stopped: stoppedOf(stop) }),
  };
}

/** Says when Airlock came, once: what is older was there before it. */
async function install(gates: Table, now: () => Date): Promise<void> {
  const columns = { installedAt: now().toISOString() };
  try {
    await gates.write(partition, { do: "insert", row: "installation", columns });
  } catch (error) {
    if (!isKind(error, "conflict")) throw error;
  }
}

const stoppedOf = ({ columns }: Row) => ({
  by: String(columns["by"]),
  reason: String(columns["reason"]),
  at: String(columns["at"]),
});

/** Never given back: a cap counts what was begun. */
async function reserve(gates: Table, plan: Plan, at: string): Promise<string | undefined> {
  const day = at.slice(0, 10);
  const hour = at.slice(0, 13);
  const perResource = `cap~${day}~${keyOf(plan.resourceId)}`;
  if (!(await increment(gates, perResource, mostPerResourceAndDay)))
    return `${mostPerResourceAndDay} writes went to this resource today: the cap is reached.`;
  if (!(await increment(gates, `cap~${hour}~${plan.ruleId}`, mostPerRuleAndHour)))
    return `${mostPerRuleAndHour} writes were made for this rule within the hour: the cap is reached.`;
  return undefined;
}

async function increment(gates: Table, row: string, most: number): Promise<boolean> {
  for (;;) {
    const was = await gates.get(partition, row);
    const spent = Number(was?.columns["spent"] ?? 0);
    if (spent >= most) return false;
    if (await take(gates, was, row, spent + 1)) return true;
  }
}

/** False: another writer took one first. */
async function take(gates: Table, was: Row | undefined, row: string, spent: number) {
  const write = was
    ? ({ do: "merge", row, columns: { spent }, etag: was.etag } as const)
    : ({ do: "insert", row, columns: { spent } } as const);
  try {
    await gates.write(partition, write);
    return true;
  } catch (error) {
    if (isKind(error, "conflict")) return false;
    throw error;
  }
}
