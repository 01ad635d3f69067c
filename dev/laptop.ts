import { readFileSync } from "node:fs";
import tls from "node:tls";
import { type Azure, createAzure } from "./azure/azure.ts";
import type { Delivery } from "./azure/delivery.ts";
import type { EventGridEvent } from "./azure/events.ts";
import type { Principal } from "./azure/principals.ts";
import { serveAzure, serveTokens } from "./azure/server.ts";
import { makeCertificate } from "./certificate.ts";
import { type Clock, installClock } from "./clock.ts";
import { createEventDelivery } from "./event-delivery.ts";
import { createHost, type Host } from "./functions-host/host.ts";
import type { LogLine } from "./functions-host/load-app.ts";
import { createStorage, type Storage, type StorageNames, startStorage } from "./storage.ts";

const root = new URL("../", import.meta.url);
const json = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const names: StorageNames = json("infra/storage-names.json");

export const tenant = "72f988bf-0000-4000-8000-2d7cd011db47";
export const airlockPrincipal: Principal = {
  objectId: "a1a1a1a1-0000-4000-8000-000000000001",
  appId: "a1a1a1a1-0000-4000-8000-000000000002",
  name: "airlock",
  tenantId: tenant,
  kind: "app",
};

export type LaptopOptions = Readonly<{
  /** Resources as GET or Resource Graph gave them; they raise no events. */
  estate: readonly object[];
  subscriptions: readonly string[];
  /** Who besides Airlock owns the subscriptions. */
  owners: readonly Principal[];
  /** App settings of the product. */
  settings?: Readonly<Record<string, string>>;
  delays?: "recorded" | "none";
  anySubscription?: boolean;
  /** "rough": events also come late, out of order and twice. Default "calm". */
  events?: Delivery;
  port?: number;
  capture?: string;
  /** The built bundle, when it is to run. */
  bundle?: string;
  /** How events arrive: on the storage queue, pushed to the function, or each the other way than the last. */
  delivery?: "queue" | "direct" | "both";
  onLog?(line: LogLine): void;
  onEvent?(event: EventGridEvent): void;
}>;

export type Read = Readonly<{ principal: string | undefined; id: string }>;

export type Laptop = Readonly<{
  azure: Azure;
  clock: Clock;
  storage: Storage;
  host: Host | undefined;
  arm: string;
  cert: string;
  env: Readonly<Record<string, string>>;
  /** Every GET that ARM answered: whose it was, and of what (id in lower case). */
  reads: readonly Read[];
  tick(): Promise<number>;
  nextDueAt(): Date | undefined;
  close(): Promise<void>;
}>;

/** Azure, its storage, its events and the product in one process, on one clock. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const clock = installClock();
  const [storage, certificate] = await Promise.all([startStorage(), makeCertificate()]);
  await createStorage(storage.connectionString, names);
  const events = createEventDelivery({
    connectionString: storage.connectionString,
    to: options.delivery ?? "queue",
    onEvent: options.onEvent ?? (() => {}),
  });
  const reads: Read[] = [];
  const azure = counting(makeAzure(options, clock, events.publish), reads);
  const { port, capture } = options;
  const served = await serveAzure(azure, {
    ...certificate,
    ...(port !== undefined && { port }),
    ...(capture !== undefined && { capture }),
  });
  const tokens = await serveTokens(azure, airlockPrincipal, {});
  const env = envOf(options, storage, served.url, tokens);
  const host = options.bundle
    ? await hostIt(options, options.bundle, certificate.cert, env)
    : undefined;
  events.connect(host);
  return {
    azure,
    clock,
    storage,
    host,
    arm: served.url,
    cert: certificate.cert,
    env,
    reads,
    async tick() {
      azure.settle();
      const brought = await events.deliver();
      return brought + ((await host?.tick()) ?? 0);
    },
    nextDueAt: () =>
      earliest(azure.nextDueAt(), events.nextDueAt(), host && storage.nextVisibleAt(host.queues)),
    async close() {
      await host?.close();
      await Promise.all([served.close(), tokens.close()]);
      await storage.close();
    },
  };
}

function makeAzure(
  { estate, subscriptions, owners, ...options }: LaptopOptions,
  { now }: Clock,
  publish: (event: EventGridEvent, seconds: number) => void,
): Azure {
  const { delays = "recorded", anySubscription = false, events = "calm" } = options;
  const azure = createAzure({ now, publish, delays, anySubscription, events });
  azure.load(estate);
  const scopes = anySubscription ? [""] : subscriptions.map((id) => `/subscriptions/${id}`);
  for (const it of [airlockPrincipal, ...owners]) {
    azure.principals.register(it);
    for (const scope of scopes) azure.grant(it, "Owner", scope);
  }
  return azure;
}

function counting(azure: Azure, reads: Read[]): Azure {
  return {
    ...azure,
    answer(request) {
      if (request.method === "GET") {
        const { pathname } = new URL(request.url, "https://management.azure.com");
        const token = request.headers["authorization"]?.split(" ")[1] ?? "";
        reads.push({
          principal: azure.principals.read(token)?.oid,
          id: pathname.replace(/^\/+/, "/").toLowerCase(),
        });
      }
      return azure.answer(request);
    },
  };
}

const earliest = (...times: readonly (Date | undefined)[]): Date | undefined => {
  const known = times.flatMap((it) => it?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : undefined;
};

/** All settings with which the bundle and the command line run against this Azure. */
function envOf(
  { subscriptions, settings, delivery = "queue" }: LaptopOptions,
  storage: Storage,
  arm: string,
  tokens: { endpoint: string; header: string },
): Record<string, string> {
  const doors = { queue: "resourceEventsDirect", direct: "resourceEvents", both: undefined };
  const closed = doors[delivery];
  return {
    AIRLOCK_SUBSCRIPTIONS: subscriptions.join(","),
    AIRLOCK_ARM_ENDPOINT: arm,
    AIRLOCK_DEVELOPER: "you",
    AzureWebJobsStorage: storage.connectionString,
    IDENTITY_ENDPOINT: tokens.endpoint,
    IDENTITY_HEADER: tokens.header,
    ...(closed && { [`AzureWebJobs.${closed}.Disabled`]: "true" }),
    ...settings,
  };
}

async function hostIt(
  { onLog = () => {} }: LaptopOptions,
  bundle: string,
  cert: string,
  env: Readonly<Record<string, string>>,
): Promise<Host> {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), cert]);
  Object.assign(process.env, env);
  const storageConnection = env["AzureWebJobsStorage"] ?? "";
  return createHost({
    bundle,
    hostJson: json("host.json"),
    settings: env,
    storageConnection,
    onLog,
  });
}
