import { EventGridDeserializer } from "@azure/eventgrid";
import type { InvocationContext } from "@azure/functions";
import type { Airlock } from "../airlock.ts";
import type { ChangeEvent } from "../pipeline/intake.ts";
import { invocationOf } from "./invocation.ts";

const deserializer = new EventGridDeserializer();

/** One event or an array, of either schema, from the queue or straight from Event Grid. */
export async function resourceEvents(
  airlock: Airlock,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const invocation = invocationOf(context);
  const events = await parse(message);
  if (typeof events === "string") return airlock.refuse(textOf(message), events, invocation);
  for (const it of events) await airlock.intake(it, invocation);
}

/** A text says why nothing could be read. */
async function parse(message: unknown): Promise<readonly ChangeEvent[] | string> {
  if (typeof message !== "object" || message === null) return "The message is not JSON.";
  try {
    const all = Array.isArray(message) ? message : [message];
    return (await Promise.all(all.map(parseOne))).flat();
  } catch (error) {
    return `The message has no event schema: ${error instanceof Error ? error.message : error}`;
  }
}

async function parseOne(it: Record<string, unknown>): Promise<readonly ChangeEvent[]> {
  const text = JSON.stringify(it);
  if ("specversion" in it) {
    const events = await deserializer.deserializeCloudEvents(text);
    return events.map(({ id, type, subject = "", time, data }) => ({
      id,
      type,
      subject,
      time: iso(time),
      data,
    }));
  }
  const events = await deserializer.deserializeEventGridEvents(text);
  return events.map(({ id, eventType: type, subject, eventTime, data }) => ({
    id,
    type,
    subject,
    time: iso(eventTime),
    data,
  }));
}

const iso = (time: Date | undefined): string =>
  time && !Number.isNaN(time.getTime()) ? time.toISOString() : "";

const textOf = (message: unknown): string =>
  typeof message === "string" ? message : JSON.stringify(message);
