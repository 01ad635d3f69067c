import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const subscription = "11111111-2222-4333-8444-555555555555";
export const group = "ai-prod";
export const scope = `/subscriptions/${subscription}/resourceGroups/${group}`;

/** The line of JSON that `npm run sim` prints, as far as clients need it. */
export type Printed = Readonly<{
  clock: string;
  arm: string;
  /** Settings of other people's clients. */
  client: Readonly<Record<string, string>>;
}>;

export type Simulator = Readonly<{
  printed: Printed;
  line: string;
  /** Grows with every request to ARM. */
  traffic(): number;
  advance(seconds: number): Promise<void>;
  stop(): Promise<void>;
}>;

/** `npm run sim` with the estate of the demo and an exemption beside it, which no client can make. */
export async function startSimulator(): Promise<Simulator> {
  const folder = mkdtempSync(path.join(tmpdir(), "airlock-"));
  const [estate, capture] = ["estate.json", "capture.jsonl"].map((it) => path.join(folder, it));
  writeFileSync(`${estate}`, JSON.stringify([...demo(), exemption]));
  const args = ["dev/sim.ts", "--estate", `${estate}`, "--capture", `${capture}`];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const line = await firstLine(child);
  const printed = JSON.parse(line) as Printed;
  return {
    printed,
    line,
    traffic: () => statSync(`${capture}`, { throwIfNoEntry: false })?.size ?? 0,
    async advance(seconds) {
      await fetch(printed.clock, { method: "POST", body: JSON.stringify({ seconds }) });
    },
    async stop() {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
      rmSync(folder, { recursive: true });
    },
  };
}

const demo = () => JSON.parse(readFileSync(path.join(root, "dev/estate/estate.json"), "utf8"));

const exemption = {
  id: `${scope}/providers/Microsoft.Authorization/policyExemptions/waived`,
  name: "waived",
  type: "Microsoft.Authorization/policyExemptions",
  properties: {
    policyAssignmentId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/policyAssignments/p`,
    exemptionCategory: "Waiver",
  },
};

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("The simulator has no output.");
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error("The simulator ended before it had begun.");
}
