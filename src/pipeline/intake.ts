import type { Actor, Touch } from "../model/audit-record.ts";
import { type ParsedId, parentOf, parseResourceId } from "../model/resource-id.ts";
import { offer } from "./offer.ts";
import type { Ports } from "./ports.ts";

/** An event of either schema, as far as it is looked at. Everything in it is hearsay but the id. */
export type ChangeEvent = Readonly<{
  id: string;
  type: string;
  subject: string;
  time: string;
  data: unknown;
}>;

export type Taken = Readonly<{ kind: "offered" | "ignored" | "refused"; because: string }>;

const heard = [
  "microsoft.resources.resourcewritesuccess",
  "microsoft.resources.resourcedeletesuccess",
];

/**
 * An event is a hint: only the id is taken from it, parsed strictly, rebuilt, and checked against
 * the subscriptions that are served. `ignored` is somebody else's; `refused` is kept as poison.
 */
export async function intake(ports: Ports, event: ChangeEvent): Promise<Taken> {
  const taken = await hear(ports, event);
  if (taken.kind === "refused")
    await ports.poison.keep({
      source: "resource-events",
      text: JSON.stringify(event).slice(0, 30_000),
      because: taken.because,
    });
  const level = taken.kind === "refused" ? "warn" : "info";
  ports.log(level, `An event was ${taken.kind}.`, {
    eventId: event.id,
    subject: event.subject,
    because: taken.because,
  });
  return taken;
}

async function hear(ports: Ports, event: ChangeEvent): Promise<Taken> {
  if (!heard.includes(event.type.toLowerCase()))
    return { kind: "ignored", because: `The event type ${event.type} is not listened to.` };
  const id = parseResourceId(event.subject);
  if (typeof id === "string") return { kind: "refused", because: `The field subject ${id}.` };
  if (!ports.settings.subscriptions.includes(id.subscription))
    return { kind: "ignored", because: `The subscription ${id.subscription} is not served.` };
  const judged = judgedAbove(ports, id);
  if (!judged) return { kind: "ignored", because: `No rule is about ${id.type}.` };
  await offer(ports, judged.id, "event", touchOf(event));
  return { kind: "offered", because: `${judged.id} is looked at.` };
}

/** A child or extension that changed is a reason to look at what it belongs to. */
function judgedAbove({ rules }: Ports, id: ParsedId): ParsedId | undefined {
  for (let at: ParsedId | string = id; typeof at !== "string"; ) {
    const { type, id: here }: ParsedId = at;
    if (rules.some((it) => it.resourceType === type)) return at;
    at = parseResourceId(parentOf(here));
  }
  return undefined;
}

function touchOf({ id, time, data }: ChangeEvent): Touch {
  const claims = field(data, "claims");
  const request = field(data, "httpRequest");
  const at = Number.isNaN(Date.parse(time)) ? new Date(0) : new Date(time);
  return {
    eventId: id,
    at: at.toISOString(),
    actor: actorOf(claims, field(field(data, "authorization"), "evidence")),
    ...optional("operation", text(data, "operationName")),
    ...optional("correlationId", text(data, "correlationId")),
    ...optional("clientRequestId", text(request, "clientRequestId")),
  };
}

const oid = "http://schemas.microsoft.com/identity/claims/objectidentifier";
const upn = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

/** The one allow-list of claims that are kept; tokens, groups and addresses of people are not. */
function actorOf(claims: unknown, evidence: unknown): Actor {
  const appId = text(claims, "appid");
  const objectId = text(claims, oid) ?? text(evidence, "principalId");
  const name = text(claims, upn) ?? text(claims, "name") ?? appId ?? objectId ?? "somebody";
  return {
    claimedBy: name,
    ...optional("appId", appId),
    ...optional("objectId", objectId),
    ...optional("ipAddress", text(claims, "ipaddr")),
  };
}

/** Recorded: keys come in either case. */
function field(it: unknown, name: string): unknown {
  if (typeof it !== "object" || it === null) return undefined;
  const key = Object.keys(it).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : Reflect.get(it, key);
}

function text(it: unknown, name: string): string | undefined {
  const value = field(it, name);
  return typeof value === "string" && value !== "" ? printable(value).slice(0, 200) : undefined;
}

/** Names from outside are printed to terminals and pages: control characters go. */
const printable = (value: string) => value.replace(/\p{C}/gu, "");

const optional = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;
