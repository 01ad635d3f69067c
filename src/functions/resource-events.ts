import type { InvocationContext } from "@azure/functions";
import type { Airlock } from "../airlock.ts";
import { messageOf } from "../model/airlock-error.ts";
import type { ChangeEvent } from "../pipeline/intake.ts";
import { invocationOf } from "./invocation.ts";

/** Loaded with the first event: with the schemas of all event types it is large. */
async function deserializer() {
  const { EventGridDeserializer } = await import("@azure/eventgrid");
  return new EventGridDeserializer();
}

/**
 * One event or an array, of either schema, from the queue or straight from Event Grid. What cannot be
 * read is kept by itself: it does not take the others of its array with it.
 */
export async function resourceEvents(
  airlock: Airlock,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const invocation = invocationOf(context);
  for (const it of Array.isArray(message) ? message : [message]) {
    const events = await parse(it);
    if (typeof events === "string") await airlock.refuse(textOf(it), events, invocation);
    else for (const event of events) await airlock.intake(event, invocation);
  }
}

/** A text says why nothing could be read. */
async function parse(it: unknown): Promise<readonly ChangeEvent[] | string> {
  if (typeof it !== "object" || it === null) return "It is no JSON object.";
  try {
    return await parseOne({ ...it });
  } catch (error) {
    return `It has no event schema: ${messageOf(error)}`;
  }
}

async function parseOne(it: Record<string, unknown>): Promise<readonly ChangeEvent[]> {
  const text = JSON.stringify(it);
  if ("specversion" in it) {
    const events = await (await deserializer()).deserializeCloudEvents(text);
    return events.map(({ id, type, subject = "", time, data }) => ({
      id,
      type,
      subject,
      time: iso(time),
      data,
    }));
  }
  const events = await (await deserializer()).deserializeEventGridEvents(text);
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
