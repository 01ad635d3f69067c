import {
  type DequeuedMessageItem,
  type QueueClient,
  QueueServiceClient,
} from "@azure/storage-queue";
import type { QueueSettings } from "./host-json.ts";
import { type LoadedApp, type Registered, triggerOf } from "./load-app.ts";
import { messageText, metadataOf } from "./message.ts";

export type QueuePump = Readonly<{ queues: readonly string[]; pump(): Promise<number> }>;

/** A queue that is itself a poison queue has none of its own (azure-sdk-for-net QueueListenerFactory). */
type Trigger = Readonly<{ it: Registered; queue: QueueClient; poison: QueueClient | undefined }>;

type Work = Readonly<{ app: LoadedApp; settings: QueueSettings }>;

/** Hard coded in the real host: a message taken is invisible for ten minutes. */
const takenSeconds = 600;
const poisonSeconds = 7 * 24 * 3600;

/** Works off what is visible now, all queues at once; says how many messages it took. */
export function queuePump(
  app: LoadedApp,
  functions: readonly Registered[],
  connection: string,
  settings: QueueSettings,
): QueuePump {
  const service = QueueServiceClient.fromConnectionString(connection);
  const triggers = functions.map((it) => queueTriggerOf(it, service));
  return {
    queues: triggers.map(({ queue }) => queue.name),
    async pump() {
      const counts = await Promise.all(triggers.map((it) => pumpOne({ app, settings }, it)));
      return counts.reduce((a, b) => a + b, 0);
    },
  };
}

/** Takes the next batch as soon as no more than `newBatchThreshold` messages are in work. */
async function pumpOne(work: Work, trigger: Trigger): Promise<number> {
  const { batchSize, newBatchThreshold } = work.settings;
  const inWork = new Set<Promise<void>>();
  for (let count = 0; ; ) {
    const { receivedMessageItems: batch } = await trigger.queue.receiveMessages({
      numberOfMessages: batchSize,
      visibilityTimeout: takenSeconds,
    });
    count += batch.length;
    for (const message of batch) {
      const one: Promise<void> = handle(work, trigger, message).finally(() => inWork.delete(one));
      inWork.add(one);
    }
    if (batch.length === 0) {
      await Promise.all(inWork);
      return count;
    }
    while (inWork.size > newBatchThreshold) await Promise.race(inWork);
  }
}

/** azure-sdk-for-net QueueProcessor: the fifth failure poisons, and so does text that is not base64. */
async function handle(work: Work, trigger: Trigger, message: DequeuedMessageItem): Promise<void> {
  const { it } = trigger;
  const { maxDequeueCount, visibilityTimeoutSeconds, messageEncoding } = work.settings;
  const text = messageText(message, messageEncoding);
  if (text === undefined || message.dequeueCount > maxDequeueCount) return bury(trigger, message);
  try {
    await work.app.invoke(it, { string: text }, metadataOf(message, text));
  } catch {
    if (message.dequeueCount >= maxDequeueCount) return bury(trigger, message);
    return release(trigger, message, visibilityTimeoutSeconds);
  }
  await remove(trigger, message);
}

/** Without a poison queue the message stays, invisible for the rest of its ten minutes. */
async function bury(trigger: Trigger, message: DequeuedMessageItem): Promise<void> {
  const { poison } = trigger;
  if (!poison) return;
  await poison.createIfNotExists();
  await poison.sendMessage(message.messageText, { messageTimeToLive: poisonSeconds });
  await remove(trigger, message);
}

async function release(
  { queue, poison }: Trigger,
  { messageId, popReceipt }: DequeuedMessageItem,
  seconds: number,
): Promise<void> {
  if (poison) await unlessGone(queue.updateMessage(messageId, popReceipt, undefined, seconds));
}

const remove = ({ queue }: Trigger, { messageId, popReceipt }: DequeuedMessageItem) =>
  unlessGone(queue.deleteMessage(messageId, popReceipt));

/** Somebody else holds the message by now, or it is gone: the host passes over that. */
async function unlessGone(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (!["MessageNotFound", "PopReceiptMismatch", "QueueNotFound"].includes(code)) throw error;
  }
}

function queueTriggerOf(it: Registered, service: QueueServiceClient): Trigger {
  const { queueName: name } = triggerOf(it);
  if (typeof name !== "string") throw new Error(`${it.name} names no queue.`);
  return {
    it,
    queue: service.getQueueClient(name),
    poison: name.endsWith("-poison") ? undefined : service.getQueueClient(`${name}-poison`),
  };
}
