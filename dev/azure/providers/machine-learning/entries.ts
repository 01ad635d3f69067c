import { parentNotFound } from "../../existence.ts";
import type { Change, Course, Kind } from "../../kinds.ts";

/** F3: a new datastore or job is answered with its own address, as it was asked. */
export function entry({ wanted, call }: Change, isNew: boolean): Course {
  if (!wanted || !isNew) return { status: 200 };
  const location = `${call.origin}${wanted.id}?${call.raw.split("?")[1]}`;
  return { status: 201, headers: { location } };
}

/** orphan 1: the gateway has a code of its own where something is to be written below what is not there. */
export function writtenBelow(type: string): NonNullable<Kind["orphan"]> {
  const refuse = parentNotFound(type);
  return (target, verb) => (verb === "PUT" ? refuse(target, verb) : undefined);
}
