import { measureCode } from "./bench/code.ts";
import { measureColdStart } from "./bench/cold-start.ts";
import { measureGraph } from "./bench/graph.ts";
import { type Measurement, print, table } from "./bench/measurement.ts";
import { measureOwnCost } from "./bench/own-cost.ts";
import { measureBundles } from "./bench/sizes.ts";

const root = new URL("../", import.meta.url);
const all: Measurement[] = [];
const measures = [measureColdStart, measureOwnCost, measureGraph, measureBundles, measureCode];
for (const measure of measures) {
  for (const it of await measure(root)) {
    all.push(it);
    print(it);
  }
}
console.log(`\n${table(all)}`);
process.exit(0); // a bench measures; what it measures is judged by who reads it
