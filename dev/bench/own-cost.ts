import { fileURLToPath } from "node:url";
import { type Laptop, startLaptop } from "../laptop.ts";
import { advance, jumpTo, runUntilQuiet } from "../turn.ts";
import { bareLoop } from "./bare.ts";
import { type Call, callsOf } from "./calls.ts";
import { type Measurement, median, rounded } from "./measurement.ts";
import { demoEstate, demoWrites, type Write, write } from "./writes.ts";

const rounds = 20;
const warmUps = 5;
/** More than a day: so often may the same account be repaired. */
const secondsBetween = 30 * 3600;
const mostRatio = 3;

/** From the moment that Event Grid has an event until the host has nothing left to do for it. */
export async function measureOwnCost(root: URL): Promise<readonly Measurement[]> {
  const log: string[] = [];
  const laptop = await startLaptop({
    ...demoEstate(root),
    delays: "none",
    bundle: fileURLToPath(new URL("dist/main.cjs", root)),
    onLog: ({ message }) => void log.push(message),
  });
  await laptop.host?.run("tidy");
  await runUntilQuiet(laptop, 3600);
  const bare = await bareLoop(laptop);
  const { open, tag } = demoWrites();
  const own = "own cost of an event:";
  const measured = [
    await measure({ laptop, bare, log, write: open, end: "The repair held." }, `${own} repaired`),
    await measure({ laptop, bare, log, write: tag, end: "Judged a resource." }, `${own} compliant`),
  ];
  await laptop.close();
  return measured;
}

type Bench = Readonly<{
  laptop: Laptop;
  write: Write;
  bare: Awaited<ReturnType<typeof bareLoop>>;
  log: string[];
  /** What the log says when the event is as good as done with. */
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
async function prepare({ laptop, write: wanted, log }: Bench): Promise<void> {
  await advance(laptop, secondsBetween);
  write(laptop, wanted);
  laptop.azure.settle();
  jumpTo(laptop, laptop.nextDueAt()?.getTime() ?? 0);
  log.length = 0;
}

async function untilDone({ laptop, log, end }: Bench): Promise<void> {
  while (!log.some((it) => it.includes(end)))
    if ((await laptop.tick()) === 0) throw new Error(`Nothing is left to do before "${end}"`);
}
