import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EventGridEvent } from "../azure/events.ts";
import { readEstate } from "../estate/read-estate.ts";
import { type Laptop, startLaptop } from "../laptop.ts";
import { people } from "../people.ts";
import { settle } from "../turn.ts";
import { type Measurement, median, rounded } from "./measurement.ts";

const rounds = 10;
const warmUps = 2;
const accountId =
  "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/ai-prod/providers/Microsoft.CognitiveServices/accounts/vision-prod";

/** How far a worker gets, and the most milliseconds from its spawn; reading ARM is in the last. */
const milestones = {
  registered: { name: "cold start: all functions registered", most: 200 },
  offered: { name: "cold start: first event handled", most: 400 },
  judged: { name: "cold start: first resource judged", most: 400 },
} as const;

type Times = Map<string, number>;

/** A process of its own for each start; storage, tokens and ARM are served by this one. */
export async function measureColdStart(root: URL): Promise<readonly Measurement[]> {
  const events: EventGridEvent[] = [];
  const { resources, subscriptions } = readEstate(new URL("dev/estate/estate.json", root));
  const laptop = await startLaptop({
    estate: resources,
    subscriptions,
    owners: Object.values(people),
    delays: "none",
    onEvent: (it) => void events.push(it),
  });
  const ca = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "ca.pem");
  writeFileSync(ca, laptop.cert);
  const env = { ...laptop.env, NODE_EXTRA_CA_CERTS: ca };
  const event = JSON.stringify(await oneEvent(laptop, events));
  const args = ["dev/bench/worker.cjs", "dist/main.cjs", event].map((it, i) =>
    i < 2 ? new URL(it, root).pathname : it,
  );
  const starts: Times[] = [];
  const floors: number[] = [];
  for (let i = 0; i < warmUps + rounds; i++) {
    const floor = (await run(["-e", "0"], env)).get("ended") ?? Number.NaN;
    const start = await run([...args, JSON.stringify(workItem(laptop))], env);
    laptop.clock.advance(60); // a second look within ten seconds would sleep
    if (i < warmUps) continue;
    floors.push(floor);
    starts.push(start);
  }
  await laptop.close();
  return Object.entries(milestones).map(([word, { name, most }]) => ({
    name,
    unit: "ms" as const,
    measured: rounded(median(starts.map((it) => it.get(word) ?? Number.NaN))),
    floor: rounded(median(floors)),
    most,
    note: `median of ${rounds}, from spawn; the floor is node -e 0`,
  }));
}

const workItem = ({ clock }: Laptop) => ({
  schema: 1,
  kind: "look",
  resourceId: accountId.toLowerCase(),
  cause: "event",
  attempt: 1,
  firstSeenAt: clock.now().toISOString(),
});

/** As Event Grid brings it: of a tag that a developer wrote. */
async function oneEvent(laptop: Laptop, events: EventGridEvent[]): Promise<EventGridEvent> {
  const token = laptop.azure.principals.token(people.developer);
  laptop.azure.answer({
    method: "PATCH",
    url: `https://management.azure.com${accountId}?api-version=2025-06-01`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ tags: { team: "vision" } }),
  });
  await settle(laptop);
  const [event] = events;
  if (!event) throw new Error("The write of a tag raised no event.");
  return event;
}

/** When each line came that it wrote, in milliseconds since it was spawned, and when it ended. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Times> {
  const times: Times = new Map();
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.on("data", (lines) => {
      for (const it of String(lines).split("\n")) times.set(it, performance.now() - began);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      times.set("ended", performance.now() - began);
      if (code === 0) resolve(times);
      else reject(new Error(`A worker ended with ${code}.`));
    });
  });
}
