import { type DequeuedMessageItem, QueueServiceClient } from "@azure/storage-queue";
import type { LoadedApp, Registered, TypedData } from "./load-app.ts";

/** host.json, as far as queues are concerned; times in seconds. */
export type QueueSettings = Readonly<{
  batchSize: number;
  maxDequeueCount: number;
  visibilityTimeoutSeconds: number;
}>;

/** Hard coded in the real host: a message taken is invisible for ten minutes. */
const takenSeconds = 600;
const poisonSeconds = 7 * 24 * 3600;

export type QueuePump = Readonly<{ queues: readonly string[]; pump(): Promise<number> }>;

/** Takes what is visible now, once round all queues, and runs it; says how many invocations ran. */
export function queuePump(
  app: LoadedApp,
  functions: readonly Registered[],
  connection: string,
  settings: QueueSettings,
  onError: (name: string, error: unknown) => void,
): QueuePump {
  const service = QueueServiceClient.fromConnectionString(connection);
  const triggers = functions.map((it) => ({ it, queue: queueOf(it) }));

  async function run(it: Registered, queue: string, message: DequeuedMessageItem): Promise<void> {
    const { messageId, popReceipt, dequeueCount } = message;
    const client = service.getQueueClient(queue);
    if (dequeueCount > settings.maxDequeueCount) return poison(queue, message);
    try {
      const text = Buffer.from(message.messageText, "base64").toString("utf8");
      await app.invoke(it, { string: text }, metadataOf(message, text));
      await client.deleteMessage(messageId, popReceipt);
    } catch (error) {
      onError(it.name, error);
      await client.updateMessage(
        messageId,
        popReceipt,
        undefined,
        settings.visibilityTimeoutSeconds,
      );
    }
  }

  async function poison(queue: string, message: DequeuedMessageItem): Promise<void> {
    const target = service.getQueueClient(`${queue}-poison`);
    await target.createIfNotExists();
    await target.sendMessage(message.messageText, { messageTimeToLive: poisonSeconds });
    await service.getQueueClient(queue).deleteMessage(message.messageId, message.popReceipt);
  }

  async function pumpOne(it: Registered, queue: string): Promise<number> {
    const { receivedMessageItems } = await service.getQueueClient(queue).receiveMessages({
      numberOfMessages: settings.batchSize,
      visibilityTimeout: takenSeconds,
    });
    await Promise.all(receivedMessageItems.map((one) => run(it, queue, one)));
    return receivedMessageItems.length;
  }

  return {
    queues: triggers.map(({ queue }) => queue),
    async pump() {
      const counts = await Promise.all(triggers.map(({ it, queue }) => pumpOne(it, queue)));
      return counts.reduce((a, b) => a + b, 0);
    },
  };
}

function queueOf({ name, bindings }: Registered): string {
  const trigger = Object.values(bindings).find((it) => it.type === "queueTrigger");
  const queue = trigger?.["queueName"];
  if (typeof queue !== "string") throw new Error(`${name} names no queue.`);
  return queue;
}

/** As the host hands it over: times as JSON, `insertionTime` in whole seconds. */
function metadataOf(message: DequeuedMessageItem, text: string): Record<string, TypedData> {
  const json = (it: unknown): TypedData => ({ json: JSON.stringify(it) });
  return {
    QueueTrigger: { string: text },
    Id: { string: message.messageId },
    PopReceipt: { string: message.popReceipt },
    DequeueCount: json(message.dequeueCount),
    InsertionTime: json(message.insertedOn),
    ExpirationTime: json(message.expiresOn),
    NextVisibleTime: json(message.nextVisibleOn),
  };
}
