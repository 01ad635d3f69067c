import { app } from "@azure/functions";
import { createAirlock } from "./airlock.ts";
import { readConfig } from "./config.ts";
import { http } from "./functions/http.ts";
import { reconcile, reconcilePoison } from "./functions/reconcile.ts";
import { resourceEvents } from "./functions/resource-events.ts";
import { sweepBatch, tidy, weekly } from "./functions/sweeps.ts";

const airlock = createAirlock(readConfig());
const connection = "AzureWebJobsStorage";

app.storageQueue("resourceEvents", {
  queueName: "resource-events",
  connection,
  handler: (message, context) => resourceEvents(airlock, message, context),
});
app.eventGrid("resourceEventsDirect", {
  handler: (event, context) => resourceEvents(airlock, event, context),
});
app.storageQueue("reconcile", {
  queueName: "reconcile",
  connection,
  handler: (message, context) => reconcile(airlock, message, context),
});
app.storageQueue("reconcilePoison", {
  queueName: "reconcile-poison",
  connection,
  handler: (message, context) => reconcilePoison(airlock, message, context),
});
app.storageQueue("sweepBatch", {
  queueName: "sweep-batch",
  connection,
  handler: (message, context) => sweepBatch(airlock, message, context),
});
app.timer("weekly", {
  schedule: "0 0 6 * * 1",
  handler: (_, context) => weekly(airlock, context),
});
app.timer("tidy", {
  schedule: "0 */15 * * * *",
  handler: (_, context) => tidy(airlock, context),
});
app.http("http", {
  route: "{*path}",
  methods: ["GET", "POST"],
  authLevel: airlock.config.hasEasyAuth ? "anonymous" : "function",
  handler: http(airlock),
});
