import type { Answer } from "./answers.ts";
import { type Call, type Layer, type Request, readCall } from "./call.ts";
import { changeEvent, type EventGridEvent } from "./events.ts";
import { refuseVersion, unknownType } from "./existence.ts";
import type { Kind } from "./kinds.ts";
import { actionOf } from "./layers/authorization.ts";
import { provide } from "./verbs.ts";
import type { World } from "./world.ts";

export type Publish = (event: EventGridEvent, delaySeconds: number) => void;

/** Resource Manager: the layers in the order the platform applies them, then the provider. */
export function createArm(world: World, layers: readonly Layer[], publish: Publish) {
  return (request: Request): Answer => {
    const call = readCall(request, world);
    const last = (it: Call): Answer => resource(it, world, publish);
    const answer = layers.reduceRight<(it: Call) => Answer>(
      (through, layer) => (it) => layer(it, through, world),
      last,
    )(call);
    return { ...answer, headers: { ...common(call), ...typeOf(answer), ...answer.headers } };
  };
}

function resource(call: Call, world: World, publish: Publish): Answer {
  const polled = world.operations.poll(call);
  if (polled) return polled;
  const { kind } = call;
  if (!kind) return unknownType(call.target, call.version);
  return provide(call, kind, world, (it, of, created, succeeded) =>
    raise(it, of, created, succeeded, world, publish),
  );
}

/** Events are born when the operation ends and come seconds to minutes later (facts: no promise). */
function raise(
  call: Call,
  kind: Kind,
  created: boolean,
  succeeded: boolean,
  world: World,
  publish: Publish,
): void {
  const { target } = call;
  const id = world.get(target.id)?.id ?? target.id;
  const subject = kind.subject?.(target) ?? id;
  const action = actionOf(call, kind);
  const event = changeEvent({ call, subject, action, succeeded, created }, world);
  publish(event, world.between(2, 20));
}

/** Refuses what names no known type or version, as ARM does before it looks further. */
export const versions: Layer = (call, through, world) => {
  if (world.operations.knows(call)) return through(call);
  return refuseVersion(call) ?? through(call);
};

/** Pages come from gateways, everything else is JSON; an empty body has no type. */
function typeOf({ body }: Answer): Record<string, string> {
  if (body === undefined || body === "") return {};
  const type = typeof body === "string" ? "text/html" : "application/json; charset=utf-8";
  return { "content-type": type };
}

function common(call: Call): Record<string, string> {
  return {
    "cache-control": "no-cache",
    "x-ms-request-id": call.requestId,
    "x-ms-correlation-request-id": call.correlationId,
  };
}
