import { app } from "@azure/functions";
import type { Airlock } from "./airlock.ts";
import { readConfig } from "./config.ts";
import { http } from "./functions/http.ts";
import { reconcile, reconcilePoison } from "./functions/reconcile.ts";
import { resourceEvents } from "./functions/resource-events.ts";
import { sweepBatch, tidy, weekly } from "./functions/sweeps.ts";

const config = readConfig();
const connection = "AzureWebJobsStorage";
let wired: Promise<Airlock> | undefined;

/** Wired with the first invocation, once: until the last registration the platform has nothing to run. */
async function wire(): Promise<Airlock> {
  const { createAirlock } = await import("./airlock.ts");
  return createAirlock(config);
}
function airlock(): Promise<Airlock> {
  wired ??= wire();
  return wired;
}

app.storageQueue("resourceEvents", {
  queueName: "resource-events",
  connection,
  handler: async (message, context) => resourceEvents(await airlock(), message, context),
});
app.eventGrid("resourceEventsDirect", {
  handler: async (event, context) => resourceEvents(await airlock(), event, context),
});
app.storageQueue("reconcile", {
  queueName: "reconcile",
  connection,
  handler: async (message, context) => reconcile(await airlock(), message, context),
});
app.storageQueue("reconcilePoison", {
  queueName: "reconcile-poison",
  connection,
  handler: async (message, context) => reconcilePoison(await airlock(), message, context),
});
app.storageQueue("sweepBatch", {
  queueName: "sweep-batch",
  connection,
  handler: async (message, context) => sweepBatch(await airlock(), message, context),
});
app.timer("weekly", {
  schedule: "0 0 6 * * 1",
  handler: async (_, context) => weekly(await airlock(), context),
});
app.timer("tidy", {
  schedule: "0 */15 * * * *",
  handler: async (_, context) => tidy(await airlock(), context),
});
app.http("http", {
  route: "{*path}",
  methods: ["GET", "POST"],
  authLevel: config.hasEasyAuth ? "anonymous" : "function",
  handler: http(airlock),
});
