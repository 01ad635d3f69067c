import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Simulator } from "./simulator.ts";

/** The newest ones; of arm-policy the last one that knows exemptions. Each has its check in `sdks`. */
const versions: Readonly<Record<string, string>> = {
  "arm-authorization": "9.0.0",
  "arm-cognitiveservices": "8.1.0",
  "arm-locks": "2.1.0",
  "arm-machinelearning": "2.1.1",
  "arm-network": "39.0.0",
  "arm-policy": "5.1.0",
  "arm-privatedns": "4.0.0",
  "arm-resourcegraph": "5.0.0",
  "arm-resources": "8.0.0",
  "arm-resources-subscriptions": "3.0.0",
  "arm-search": "3.3.0",
};

/** Installs the SDKs beside their checks and runs each against the simulator; whether all went well. */
export async function checkSdks({ printed, line }: Simulator): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "airlock-sdks-"));
  try {
    cpSync(fileURLToPath(new URL("sdks/", import.meta.url)), folder, { recursive: true });
    install(folder);
    const args = ["run.mjs", line, ...Object.keys(versions)];
    const env = { ...process.env, ...printed.client };
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: "inherit" });
    const [code] = await once(child, "exit");
    return code === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function install(folder: string): void {
  writeFileSync(path.join(folder, "package.json"), '{"private":true,"type":"module"}');
  const packages = Object.entries(versions).map(([name, version]) => `@azure/${name}@${version}`);
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"];
  const { status, stderr } = spawnSync("npm", [...args, ...packages], { cwd: folder });
  if (status !== 0) throw new Error(`npm install: ${String(stderr)}`);
}
