import { QueueClient } from "@azure/storage-queue";
import type { EventGridEvent } from "./azure/events.ts";
import type { Host } from "./functions-host/host.ts";

export type EventDelivery = Readonly<{
  /** Brings the event after so many seconds. */
  publish(event: EventGridEvent, seconds: number): void;
  /** Where events are pushed to, once it listens. */
  connect(host: Host | undefined): void;
  /** Brings all that is due; says how many events that were. */
  deliver(): Promise<number>;
  nextDueAt(): Date | undefined;
}>;

export type DeliveryOptions = Readonly<{
  connectionString: string;
  /** To the storage queue, or pushed to the function; "both": by turns. */
  to: "queue" | "direct" | "both";
  onEvent(event: EventGridEvent): void;
}>;

type Due = Readonly<{ at: number; event: EventGridEvent; tries: number }>;

/** Seconds until the next try (azure-docs event-grid/delivery-and-retry); what comes later is given up. */
const retrySeconds = [10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600];

/** Event Grid's part: at least once, after its delay, to the queue or to the function. */
export function createEventDelivery(options: DeliveryOptions): EventDelivery {
  const queue = new QueueClient(options.connectionString, "resource-events");
  let due: readonly Due[] = [];
  let host: Host | undefined;
  let brought = 0;

  async function bring(event: EventGridEvent): Promise<boolean> {
    options.onEvent(event);
    brought += 1;
    const isQueued = options.to === "queue" || (options.to === "both" && brought % 2 === 0);
    if (host && !isQueued) return push(host, event);
    const text = Buffer.from(JSON.stringify(event)).toString("base64");
    await queue.sendMessage(text, { messageTimeToLive: -1 });
    return true;
  }

  return {
    publish(event, seconds) {
      due = [...due, { at: Date.now() + seconds * 1000, event, tries: 0 }];
    },
    connect(it) {
      host = it;
    },
    async deliver() {
      const ready = due.filter(({ at }) => at <= Date.now());
      due = due.filter((it) => !ready.includes(it));
      for (const it of ready) {
        if (await bring(it.event)) continue;
        const seconds = retrySeconds[it.tries];
        if (seconds === undefined) continue;
        due = [...due, { ...it, at: Date.now() + seconds * 1000, tries: it.tries + 1 }];
      }
      return ready.length;
    },
    nextDueAt: () => (due.length > 0 ? new Date(Math.min(...due.map((it) => it.at))) : undefined),
  };
}

async function push({ url, key }: Host, event: EventGridEvent): Promise<boolean> {
  const answer = await fetch(
    `${url}/runtime/webhooks/eventgrid?functionName=resourceEventsDirect`,
    {
      method: "POST",
      headers: { "x-functions-key": key, "aeg-event-type": "Notification" },
      body: JSON.stringify([event]),
    },
  );
  return answer.ok;
}
