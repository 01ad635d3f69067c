import { checkAzureCli } from "./azure-cli.ts";
import { checkPythonSdks } from "./python-sdks.ts";
import { checkSdks } from "./sdks.ts";
import { type Simulator, startSimulator } from "./simulator.ts";

/** `npm run clients`: other people's clients against `npm run sim`; exits 1 where one finds a difference. */
const checks: Readonly<Record<string, (sim: Simulator) => Promise<boolean>>> = {
  sdks: checkSdks,
  python: checkPythonSdks,
  az: checkAzureCli,
};

const [only] = process.argv.slice(2);
if (only !== undefined && !checks[only]) {
  console.error(`There are ${Object.keys(checks).join(", ")}, not ${only}.`);
  process.exit(1);
}
const ends: boolean[] = [];
for (const [name, check] of Object.entries(checks)) {
  if (only !== undefined && only !== name) continue;
  const sim = await startSimulator();
  ends.push(await check(sim).finally(() => sim.stop()));
}
process.exit(ends.every(Boolean) ? 0 : 1);
