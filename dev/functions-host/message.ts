import type { DequeuedMessageItem } from "@azure/storage-queue";
import type { QueueSettings } from "./host-json.ts";
import type { TypedData } from "./load-app.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What the sender wrote, or undefined when it should be base64 and is not. */
export function messageText(
  { messageText: raw }: DequeuedMessageItem,
  encoding: QueueSettings["messageEncoding"],
): string | undefined {
  if (encoding === "none") return raw;
  return base64.test(raw) ? Buffer.from(raw, "base64").toString("utf8") : undefined;
}

/** As the host hands it over: times as JSON, `insertionTime` in whole seconds. */
export function metadataOf(message: DequeuedMessageItem, text: string): Record<string, TypedData> {
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
