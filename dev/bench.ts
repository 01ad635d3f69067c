import { measureOwnCost } from "./bench/own-cost.ts";
import { type Measurement, print, table } from "./bench/measurement.ts";
const root = new URL("../", import.meta.url);
for (const part of [measureOwnCost]) for (const it of await part(root)) print(it);
process.exit(0);
