import type { AddressInfo } from "node:net";
import { type HostJson, queueSettingsOf, routePrefixOf } from "./host-json.ts";
import { serveHttp } from "./http.ts";
import { type LogLine, loadApp, type Registered, triggerOf } from "./load-app.ts";
import { queuePump } from "./queues.ts";
import { timerInput, timers } from "./timers.ts";

export type HostOptions = Readonly<{
  bundle: string;
  hostJson: HostJson;
  /** App settings: only AzureWebJobs.<function>.Disabled is the host's own. */
  settings: Readonly<Record<string, string | undefined>>;
  storageConnection: string;
  onLog(line: LogLine): void;
  port?: number;
}>;

export type Host = Readonly<{
  url: string;
  key: string;
  /** All that the bundle registered, the disabled ones too. */
  functions: readonly Registered[];
  /** Those that an enabled function listens to. */
  queues: readonly string[];
  /** One round of all that is visible or due now; says how many messages and timers it took. */
  tick(): Promise<number>;
  /** When a hidden message shows is the storage's to tell. */
  nextTimerAt(): Date | undefined;
  /** Runs a timer's function now, and waits for its end. */
  run(name: string): Promise<void>;
  close(): Promise<void>;
}>;

/** Runs the built bundle as the Functions host would, on one turn of the caller's clock at a time. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { hostJson, settings, storageConnection, onLog } = options;
  const app = loadApp(options.bundle, onLog);
  const functions = app.functions.filter(({ name }) => !isDisabled(name, settings));
  const of = (type: string) => functions.filter((it) => triggerOf(it).type === type);
  const pump = queuePump(app, of("queueTrigger"), storageConnection, queueSettingsOf(hostJson));
  const clockwork = timers(app, of("timerTrigger"));
  const key = crypto.randomUUID();
  const hosted = { app, functions, key, routePrefix: routePrefixOf(hostJson), onLog };
  const server = await serveHttp(hosted, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    functions: app.functions,
    queues: pump.queues,
    tick: async () => (await clockwork.fire()) + (await pump.pump()),
    nextTimerAt: clockwork.nextDueAt,
    async run(name) {
      const it = of("timerTrigger").find((one) => one.name === name);
      if (!it) throw new Error(`There is no timer ${name}.`);
      await app.invoke(it, timerInput(it));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isDisabled = (name: string, settings: HostOptions["settings"]): boolean =>
  ["true", "1"].includes(settings[`AzureWebJobs.${name}.Disabled`]?.toLowerCase() ?? "");
