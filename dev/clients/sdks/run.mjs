// Runs in a folder into which the SDKs were installed; argument: what the simulator printed, as JSON.
import { setTimeout as wait } from "node:timers/promises";

const sim = JSON.parse(process.argv[2] ?? "{}");
const subscription = sim.env.AIRLOCK_SUBSCRIPTIONS;
const life = 24 * 3600 * 1000;

/** Whatever the SDKs need to reach the local Azure, and what the checks look for in it. */
const azure = {
  subscription,
  group: "ai-prod",
  scope: `/subscriptions/${subscription}/resourceGroups/ai-prod`,
  credential: {
    getToken: async () => ({ token: sim.token, expiresOnTimestamp: Date.now() + life }),
  },
  options: { endpoint: sim.arm },
  all,
  end,
};

async function all(pages) {
  const found = [];
  for await (const it of pages) found.push(it);
  return found;
}

/** Polls as the SDK does, but moves the clock in place of waiting. */
async function end(started) {
  const poller = typeof started.poll === "function" ? started : await started;
  const isDone = () => (typeof poller.isDone === "function" ? poller.isDone() : poller.isDone);
  for (let times = 0; times < 60 && !isDone(); times++) {
    await fetch(sim.clock, { method: "POST", body: JSON.stringify({ seconds: 20 }) });
    await poller.poll();
  }
  if (!isDone()) throw new Error("The operation does not end.");
  return typeof poller.getResult === "function" ? poller.getResult() : poller.result;
}

let failed = 0;
for (const name of process.argv.slice(3)) {
  const { check } = await import(`./${name}.mjs`);
  try {
    const done = await Promise.race([check(azure), tooLate()]);
    console.log(`ok      ${name}: ${done}`);
  } catch (error) {
    failed += 1;
    console.log(`differs ${name}: ${error.stack ?? error}`);
  }
}
process.exit(failed === 0 ? 0 : 1);

async function tooLate() {
  await wait(120_000, undefined, { ref: false });
  throw new Error("no end within two minutes");
}
