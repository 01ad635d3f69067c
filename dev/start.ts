import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readEstate } from "./estate/read-estate.ts";
import { startLaptop } from "./laptop.ts";
import { createNarrator } from "./narrator.ts";
import { readOptions } from "./options.ts";
import { people } from "./people.ts";
import { jumpTo } from "./turn.ts";

const root = new URL("../", import.meta.url);
/** Long enough for any move of the clock. */
const tokenSeconds = 20 * 365 * 24 * 3600;

const { estate, port, capture } = readOptions();
const { resources, subscriptions } = readEstate(estate ?? new URL("dev/estate/estate.json", root));
const narrator = createNarrator(
  (line) => console.log(line),
  () => new Date(),
);
const laptop = await startLaptop({
  estate: resources,
  subscriptions,
  owners: Object.values(people),
  settings: {
    AIRLOCK_ALLOW_COMPUTE_RECREATE: "true",
    ...(estate !== undefined && { AIRLOCK_ENFORCEMENT: "observe" }), // somebody's own: nothing is written
  },
  bundle: new URL("dist/main.cjs", root).pathname,
  onLog: narrator.hear,
  onEvent: ({ subject, data }) => {
    const name = subject.split("/").at(-1);
    const { claims } = data as { claims?: { name?: string } };
    narrator.say("event", `${name} was changed by ${claims?.name ?? "somebody"}`);
  },
  ...(port !== undefined && { port }),
  ...(capture !== undefined && { capture }),
});

const folder = mkdtempSync(path.join(tmpdir(), "airlock-"));
writeFileSync(path.join(folder, "ca.pem"), laptop.cert);
const token = laptop.azure.principals.token(people.developer, tokenSeconds);
writeFileSync(path.join(folder, "developer"), `authorization: Bearer ${token}\n`);
writeFileSync(path.join(folder, "key"), `x-functions-key: ${laptop.host?.key}\n`);

console.log(
  `Airlock watches ${resources.length} resources of a local Azure. Nothing leaves this machine.`,
);
narrator.say("start", "the baseline sweep looks at everything once");
await laptop.host?.run("tidy");
await work();
console.log(
  [
    "",
    "Try it: open an account as a developer would, and watch.",
    `  curl -s --cacert ${folder}/ca.pem -H @${folder}/developer -H "content-type: application/json" \\`,
    `    -X PATCH "${laptop.arm}${accountIn(resources)}?api-version=2025-06-01" \\`,
    `    -d '{"properties":{"publicNetworkAccess":"Enabled"}}'`,
    "",
    "Approve what is held, by the id in its line:",
    `  curl -s -H @${folder}/key -H "content-type: application/json" ${laptop.host?.url}/api/approvals \\`,
    `    -d '{"id":"…","reason":"…"}'`,
    "",
    "Ctrl-C ends it.",
    "",
  ].join("\n"),
);

/** Works off what is due; when all of it only waits, the clock jumps to the next moment and says so. */
async function work(): Promise<void> {
  while ((await laptop.tick()) > 0);
  const next = laptop.nextDueAt()?.getTime();
  if (next === undefined) return;
  narrator.jump(jumpTo(laptop, next));
  return work();
}

function accountIn(all: readonly object[]): string {
  const types = all.map((it) => [String(Reflect.get(it, "type")), String(Reflect.get(it, "id"))]);
  return types.find(([type]) => /cognitiveservices\/accounts$/i.test(type ?? ""))?.[1] ?? "/…";
}

let isWorking = false;
const pulse = setInterval(() => {
  if (isWorking) return;
  isWorking = true;
  work()
    .catch((error: unknown) => narrator.say("error", String(error)))
    .finally(() => {
      isWorking = false;
    });
}, 300);

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    clearInterval(pulse);
    void laptop.close().then(() => process.exit(0));
  });
