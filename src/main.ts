import { app } from "@azure/functions";
import { createAirlock } from "./airlock.ts";
import { readConfig } from "./config.ts";
import { reconcile, reconcilePoison } from "./functions/reconcile.ts";
import { resourceEvents } from "./functions/resource-events.ts";

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
