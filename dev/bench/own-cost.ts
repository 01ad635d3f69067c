import { readEstate } from "../estate/read-estate.ts";
import { readStory, type Scene } from "../estate/story.ts";
import { type Laptop, startLaptop } from "../laptop.ts";
import { people } from "../people.ts";
import { advance, jumpTo, runUntilQuiet } from "../turn.ts";
import { bareLoop } from "./bare.ts";
import { type Call, callsOf } from "./calls.ts";
import { type Measurement, median, rounded } from "./measurement.ts";

const rounds = 20;
const warmUps = 5;
/** More than a day: so often may the same account be repaired. */
const secondsBetween = 30 * 3600;
const mostRatio = 3;

/** What the log says when an event of this scene is done with. */
const ends = ["The repair held.", "Judged a resource."] as const;
const names = ["own cost of a repaired event", "own cost of a compliant event"] as const;

/** From the moment that Event Grid has an event until the host has nothing left to do for it. */
export async function measureOwnCost(root: URL): Promise<readonly Measurement[]> {
  const log: string[] = [];
  const { resources, subscriptions } = readEstate(new URL("dev/estate/estate.json", root));
  const laptop = await startLaptop({
    estate: resources,
    subscriptions,
    owners: Object.values(people),
    delays: "none",
    bundle: new URL("dist/main.cjs", root).pathname,
    onLog: ({ message }) => void log.push(message),
  });
  await laptop.host?.run("tidy");
  await runUntilQuiet(laptop, 3600);
  const bare = await bareLoop(laptop);
  const measured: Measurement[] = [];
  const scenes = readStory();
  for (const [i, name] of names.entries()) {
    const scene = scenes[i];
    const end = ends[i];
    if (scene && end) measured.push(await measure({ laptop, scene, bare, log, end }, name));
  }
  await laptop.close();
  return measured;
}

type Bench = Readonly<{
  laptop: Laptop;
  scene: Scene;
  bare: Awaited<ReturnType<typeof bareLoop>>;
  log: string[];
  end: string;
}>;

/** Ours and the bare loop in turn, so that what else the machine does meets both. */
async function measure(bench: Bench, name: string): Promise<Measurement> {
  const ours: number[] = [];
  const floor: number[] = [];
  let calls: readonly Call[] = [];
  for (let i = 0; i < warmUps + rounds; i++) {
    await prepare(bench);
    const began = performance.now();
    calls = await callsOf(() => untilDone(bench));
    const ended = performance.now();
    await prepare(bench);
    const bareBegan = performance.now();
    await bench.bare(calls);
    const bareEnded = performance.now();
    if (i < warmUps) continue;
    ours.push(ended - began);
    floor.push(bareEnded - bareBegan);
  }
  const count = (service: Call["service"]) => calls.filter((it) => it.service === service).length;
  return {
    name,
    unit: "ms",
    measured: rounded(median(ours)),
    floor: rounded(median(floor)),
    mostRatio,
    note: `median of ${rounds}; ${count("arm")} calls of ARM, ${count("table")} of tables, ${count("queue")} of queues in both`,
  };
}

/** The developer's write is made, and its event has just reached Event Grid. */
async function prepare({ laptop, scene, log }: Bench): Promise<void> {
  await advance(laptop, secondsBetween);
  const [deed] = scene.does;
  if (!deed || !("method" in deed)) throw new Error(`${scene.name} begins with no write.`);
  const { method, id, version, body } = deed;
  const token = laptop.azure.principals.token(people.developer);
  const answer = laptop.azure.answer({
    method,
    url: `https://management.azure.com${id}?api-version=${version}`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${scene.name}: ${JSON.stringify(answer.body)}`);
  laptop.azure.settle();
  jumpTo(laptop, laptop.nextDueAt()?.getTime() ?? 0);
  log.length = 0;
}

async function untilDone({ laptop, log, end }: Bench): Promise<void> {
  while (!log.some((it) => it.includes(end)))
    if ((await laptop.tick()) === 0) throw new Error(`Nothing is left to do before "${end}"`);
}
