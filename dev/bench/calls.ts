import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** A request that some server of this process was sent. */
export type Call = Readonly<{ service: "arm" | "table" | "queue"; method: string; url: string }>;

const channel = "http.server.request.start";

/** What ARM, tables and queues are asked while `work` runs, in order: by the product and by its host. */
export async function callsOf(work: () => Promise<void>): Promise<readonly Call[]> {
  const calls: Call[] = [];
  const hear = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    const { method = "", url = "" } = request;
    const service = serviceOf(request);
    if (service) calls.push({ service, method, url });
  };
  subscribe(channel, hear);
  try {
    await work();
  } finally {
    unsubscribe(channel, hear);
  }
  return calls;
}

/** By its address: the storage account's name comes first, and a queue's messages are named so. */
function serviceOf({ url = "" }: IncomingMessage): Call["service"] | undefined {
  if (url.startsWith("/subscriptions/")) return "arm";
  if (!url.startsWith("/devstoreaccount1/")) return undefined;
  return /\/messages(\/|\?|$)/.test(url) ? "queue" : "table";
}
