/** What the host reads of host.json; a time is written hh:mm:ss. */
export type HostJson = Readonly<{
  extensions?: Readonly<{
    http?: Readonly<{ routePrefix?: string }>;
    queues?: Readonly<{
      batchSize?: number;
      newBatchThreshold?: number;
      maxDequeueCount?: number;
      visibilityTimeout?: string;
      messageEncoding?: string;
    }>;
  }>;
}>;

export type QueueSettings = Readonly<{
  batchSize: number;
  newBatchThreshold: number;
  maxDequeueCount: number;
  visibilityTimeoutSeconds: number;
  messageEncoding: "base64" | "none";
}>;

/** With the host's own defaults (azure-docs functions-bindings-storage-queue, host.json). */
export function queueSettingsOf({ extensions }: HostJson): QueueSettings {
  const it = extensions?.queues ?? {};
  const batchSize = it.batchSize ?? 16;
  return {
    batchSize,
    newBatchThreshold: it.newBatchThreshold ?? batchSize / 2,
    maxDequeueCount: it.maxDequeueCount ?? 5,
    visibilityTimeoutSeconds: secondsOf(it.visibilityTimeout ?? "00:00:00"),
    messageEncoding: it.messageEncoding === "none" ? "none" : "base64",
  };
}

export const routePrefixOf = ({ extensions }: HostJson): string =>
  extensions?.http?.routePrefix ?? "api";

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}
