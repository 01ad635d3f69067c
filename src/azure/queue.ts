import type { TokenCredential } from "@azure/core-auth";
import { QueueServiceClient } from "@azure/storage-queue";
import { AirlockError } from "../model/airlock-error.ts";
import { type StorageSettings, serviceUrl, storageError } from "./storage.ts";

/** Sends one message, in Base64 JSON as the Functions host reads it; it never expires. */
export type Queue = Readonly<{
  send(queue: string, item: unknown, delaySeconds: number): Promise<void>;
}>;

const mostBytes = 64 * 1024;
/** azure-docs: a message can be hidden for seven days at most. */
const mostSeconds = 7 * 24 * 3600;

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
      const visibilityTimeout = Math.min(Math.ceil(delaySeconds), mostSeconds);
      try {
        const client = service.getQueueClient(queue);
        await client.sendMessage(text, { visibilityTimeout, messageTimeToLive: -1 });
      } catch (error) {
        throw storageError(error, true);
      }
    },
  };
}
