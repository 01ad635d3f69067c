import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Simulator } from "./simulator.ts";

const script = fileURLToPath(new URL("python-sdks.py", import.meta.url));
/** The first is where Debian's packages are. */
const pythons = ["/usr/bin/python3", "python3"];

/** The SDKs of Python, which come with the Azure CLI; whether all went well. */
export async function checkPythonSdks({ printed, line }: Simulator): Promise<boolean> {
  const imports = "import azure.mgmt.machinelearningservices, azure.mgmt.search";
  const python = pythons.find((it) => spawnSync(it, ["-c", imports]).status === 0);
  if (python === undefined) {
    console.log("left    python: the SDKs are not installed here");
    return true;
  }
  const env = { ...process.env, ...printed.client };
  const [code] = await once(spawn(python, [script, line], { env, stdio: "inherit" }), "exit");
  return code === 0;
}
