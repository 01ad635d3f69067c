import type { AddressInfo } from "node:net";
import { triggerOf } from "./asked.ts";
import { serveHttp } from "./http.ts";
import { type LogLine, loadApp, type Registered } from "./load-app.ts";
import { queuePump } from "./queues.ts";
import { timers } from "./timers.ts";

export type HostOptions = Readonly<{
  bundle: string;
  hostJson: HostJson;
  /** App settings: only AzureWebJobs.<function>.Disabled is the host's own. */
  settings: Readonly<Record<string, string | undefined>>;
  storageConnection: string;
  onLog(line: LogLine): void;
  port?: number;
}>;

export type HostJson = Readonly<{
  extensions: {
    queues: { batchSize: number; maxDequeueCount: number; visibilityTimeout: string };
  };
}>;

export type Host = Readonly<{
  url: string;
  key: string;
  functions: readonly Registered[];
  queues: readonly string[];
  /** One round of all that is visible or due now; says how many invocations ran. */
  tick(): Promise<number>;
  nextTimerAt(): Date | undefined;
  /** Runs a timer's function now, and waits for its end. */
  run(name: string): Promise<void>;
  close(): Promise<void>;
}>;

/** Runs the built bundle as the Functions host would, on one turn of the caller's clock at a time. */
export async function createHost(options: HostOptions): Promise<Host> {
  const app = loadApp(options.bundle, options.onLog);
  const functions = app.functions.filter(({ name }) => !isDisabled(name, options.settings));
  const onError = (functionName: string, error: unknown) =>
    options.onLog({ level: "error", functionName, invocationId: "", message: wordsOf(error) });
  const of = (type: string) => functions.filter((it) => triggerOf(it)?.type === type);
  const pump = queuePump(
    app,
    of("queueTrigger"),
    options.storageConnection,
    queueSettings(options.hostJson),
    onError,
  );
  const clockwork = timers(app, of("timerTrigger"), onError);
  const key = crypto.randomUUID();
  const server = await serveHttp({ app, functions, key, onError }, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    functions: app.functions,
    queues: pump.queues,
    tick: async () => (await clockwork.fire()) + (await pump.pump()),
    nextTimerAt: clockwork.nextDueAt,
    async run(name) {
      const it = functions.find((one) => one.name === name);
      if (!it) throw new Error(`There is no function ${name}.`);
      await app.invoke(it, { json: "{}" });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const isDisabled = (name: string, settings: HostOptions["settings"]): boolean =>
  ["true", "1"].includes(settings[`AzureWebJobs.${name}.Disabled`]?.toLowerCase() ?? "");

function queueSettings({ extensions: { queues } }: HostJson) {
  const { batchSize, maxDequeueCount, visibilityTimeout } = queues;
  const [hours = 0, minutes = 0, seconds = 0] = visibilityTimeout.split(":").map(Number);
  const visibilityTimeoutSeconds = (hours * 60 + minutes) * 60 + seconds;
  return { batchSize, maxDequeueCount, visibilityTimeoutSeconds };
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
