import type { TokenCredential } from "@azure/core-auth";
import { QueueServiceClient } from "@azure/storage-queue";
import { AirlockError } from "../model/airlock-error.ts";
import { storageError } from "./errors.ts";
import { type StorageSettings, serviceUrl } from "./storage.ts";

/** Sends one message, in Base64 JSON as the Functions host reads it; it never expires. */
export type Queue = Readonly<{
  send(queue: string, item: unknown, delaySeconds: number): Promise<void>;
}>;

const mostBytes = 64 * 1024;
/** azure-docs: a message can be hidden for seven days at most. */
const mostSeconds = 7 * 24 * 3600;
const withinMs = 30_000;

export function createQueue(storage: StorageSettings, credential: TokenCredential): Queue {
  const service =
    "connectionString" in storage
      ? QueueServiceClient.fromConnectionString(storage.connectionString)
      : new QueueServiceClient(serviceUrl(storage.accountName, "queue"), credential);
  return {
    async send(queue, item, delaySeconds) {
      const text = Buffer.from(JSON.stringify(item)).toString("base64");
      if (text.length > mostBytes)
        throw new AirlockError("invalid", `A message for ${queue} is larger than 64 KiB.`);
      const visibilityTimeout = Math.min(Math.max(0, Math.ceil(delaySeconds)), mostSeconds);
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const options = { visibilityTimeout, messageTimeToLive: -1, abortSignal };
        await service.getQueueClient(queue).sendMessage(text, options);
      } catch (error) {
        throw storageError(error, true);
      }
    },
  };
}
