import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { EventGridEvent } from "../azure/events.ts";
import { airlockPrincipal, type Laptop, startLaptop } from "../laptop.ts";
import { settle } from "../turn.ts";
import { type Measurement, median, rounded } from "./measurement.ts";
import { demoEstate, demoWrites, write } from "./writes.ts";

const rounds = 10;
const warmUps = 2;

/** How far a worker gets, and the most milliseconds from its spawn. */
const milestones = {
  registered: { name: "all functions are registered", most: 200 },
  offered: { name: "the first event is handled", most: 400 },
  judged: { name: "its resource is read and judged", most: 400 },
} as const;

type Times = ReadonlyMap<string, number>;
type Env = Readonly<Record<string, string>>;

/**
 * A new process for each start; storage, tokens and ARM are served by this one. Files are in the
 * machine's cache; compiled code is not, and a second series shows what NODE_COMPILE_CACHE would give
 * to a worker that follows another one on the same instance.
 */
export async function measureColdStart(root: URL): Promise<readonly Measurement[]> {
  const events: EventGridEvent[] = [];
  const onEvent = (it: EventGridEvent) => void events.push(it);
  const laptop = await startLaptop({ ...demoEstate(root), delays: "none", onEvent });
  const { tag } = demoWrites();
  write(laptop, tag);
  await settle(laptop);
  const env = envOf(laptop);
  const args = [
    fileURLToPath(new URL("dev/bench/worker.cjs", root)),
    fileURLToPath(new URL("dist/main.cjs", root)),
    JSON.stringify(events[0]),
    JSON.stringify(workItem(tag.id)),
  ];
  const plainStarts: Times[] = [];
  const cachedStarts: Times[] = [];
  const floors: Times[] = [];
  for (let i = 0; i < warmUps + rounds; i++) {
    floors.push(await run(["-e", "0"], env.plain));
    plainStarts.push(await judging(laptop, () => run(args, env.plain)));
    cachedStarts.push(await judging(laptop, () => run(args, env.cached)));
  }
  await laptop.close();
  const floor = middle(floors, "ended");
  return [
    ...rowsOf("cold start", plainStarts, floor),
    ...rowsOf("cold start, compiled before", cachedStarts, floor),
  ];
}

function envOf(laptop: Laptop): Readonly<Record<"plain" | "cached", Env>> {
  const temporary = mkdtempSync(path.join(tmpdir(), "airlock-"));
  const ca = path.join(temporary, "ca.pem");
  writeFileSync(ca, laptop.cert);
  const plain = { ...laptop.env, NODE_EXTRA_CA_CERTS: ca };
  return { plain, cached: { ...plain, NODE_COMPILE_CACHE: path.join(temporary, "compiled") } };
}

function rowsOf(what: string, starts: readonly Times[], floor: number): readonly Measurement[] {
  return Object.entries(milestones).map(([word, { name, most }]) => ({
    name: `${what}: ${name}`,
    unit: "ms",
    measured: middle(starts, word),
    floor,
    most,
    note: `median of ${rounds}, from spawn; the floor is node -e 0`,
  }));
}

const middle = (starts: readonly Times[], word: string): number =>
  rounded(median(starts.slice(warmUps).map((it) => it.get(word) ?? Number.NaN)));

/** A person's question: a second look within ten seconds would sleep otherwise. */
const workItem = (resourceId: string) => ({
  schema: 1,
  kind: "look",
  resourceId: resourceId.toLowerCase(),
  cause: "person",
  attempt: 1,
  firstSeenAt: new Date().toISOString(),
});

/** A start that never came to ARM is no measurement. */
async function judging(laptop: Laptop, start: () => Promise<Times>): Promise<Times> {
  const reads = () =>
    laptop.reads.filter((it) => it.principal === airlockPrincipal.objectId).length;
  const before = reads();
  const times = await start();
  if (reads() !== before + 1) throw new Error("A worker did not read its resource once.");
  return times;
}

/** When each line came that it wrote, in milliseconds since it was spawned, and when it ended. */
function run(args: readonly string[], env: Env): Promise<Times> {
  const times = new Map<string, number>();
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
