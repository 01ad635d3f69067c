import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type Command, commands, login } from "./azure-cli-commands.ts";
import type { Simulator } from "./simulator.ts";

type Run = (args: readonly string[]) => Promise<unknown>;

/** Signs the Azure CLI in to the simulator and runs its commands; whether all went well. */
export async function checkAzureCli(sim: Simulator): Promise<boolean> {
  if (spawnSync("az", ["version"]).status !== 0) {
    console.log("left    az: it is not installed here");
    return true;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "airlock-az-"));
  const run = runner(sim, folder);
  const ticking = setInterval(() => void sim.advance(30), 1000);
  try {
    for (const args of login(sim.printed.arm)) await run(args);
    const ends: boolean[] = [];
    for (const it of commands) ends.push(await check(it, run, sim));
    return ends.every(Boolean);
  } finally {
    clearInterval(ticking);
    rmSync(folder, { recursive: true });
  }
}

/** One process a command, as a person types it; the clock runs fast meanwhile. */
function runner({ printed }: Simulator, folder: string): Run {
  const env = {
    ...process.env,
    ...printed.client,
    AZURE_CONFIG_DIR: folder,
    AZURE_CORE_COLLECT_TELEMETRY: "false",
    AZURE_CORE_ONLY_SHOW_ERRORS: "true",
  };
  return async (args) => {
    const { stdout } = await promisify(execFile)("az", [...args, "-o", "json"], { env });
    return stdout.trim() === "" ? undefined : JSON.parse(stdout);
  };
}

async function check(
  [line, expected, ...more]: Command,
  run: Run,
  sim: Simulator,
): Promise<boolean> {
  const before = sim.traffic();
  try {
    const answer = await run([...line.split(" "), ...more]);
    if (expected !== undefined) assert.partialDeepStrictEqual(answer, expected);
    console.log(`ok      az ${line}`);
    return true;
  } catch (error) {
    // Debian's 2.45 has another SDK of Network than its own commands ask for
    const isOwn = !(error instanceof assert.AssertionError) && sim.traffic() === before;
    const why = isOwn ? "it ends before it asks anything" : String(error);
    console.log(`${isOwn ? "left   " : "differs"} az ${line}: ${why}`);
    return isOwn;
  }
}
