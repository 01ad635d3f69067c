import type { Body } from "./answers.ts";
import type { Call } from "./call.ts";
import { withIdentity } from "./identities.ts";
import { asWritten } from "./ids.ts";
import { type Kind, type Stored, shownType } from "./kinds.ts";
import { isObject, merge, omit, pick, precise, same } from "./merge.ts";
import type { World } from "./world.ts";

/** What of a body ARM keeps; anything else at the top is dropped, `name` included (recorded). */
const envelope = [
  "location",
  "tags",
  "sku",
  "kind",
  "identity",
  "plan",
  "zones",
  "managedBy",
  "extendedLocation",
  "properties",
];

/** What a PUT or PATCH makes of a resource, before its kind completes it. */
export function compose(call: Call, kind: Kind, was: Stored | undefined, world: World): Stored {
  const sent = clean(call.body ?? {}, kind);
  const wanted =
    call.method === "PATCH" && was
      ? (kind.patched?.(was, sent) ?? patched(was, sent))
      : replaced(sent, kind, was, idFor(call, kind, was, world));
  return withIdentity(wanted, was, call, world);
}

/** Recorded 8 of 8: `tags` of a PATCH replace the whole map. */
function patched(was: Stored, sent: Body): Stored {
  return { ...(merge(was, sent) as Stored), ...(isObject(sent["tags"]) && { tags: sent["tags"] }) };
}

function replaced(sent: Body, kind: Kind, was: Stored | undefined, id: string): Stored {
  const fresh = merge({}, sent) as Body;
  const name = id.slice(id.lastIndexOf("/") + 1);
  const kept = pick(was?.properties ?? {}, kind.readOnly ?? []);
  const properties = isObject(fresh["properties"]) ? fresh["properties"] : {};
  return {
    ...(was && pick(was, ["location", "etag", "systemData", "managedBy"])),
    ...fresh,
    id,
    name: kind.longName ? `${parentName(id)}/${name}` : name,
    type: shownType(kind),
    properties: { ...kept, ...properties },
  };
}

function clean(body: Body, kind: Kind): Body {
  const kept = pick(body, envelope);
  const properties = kept["properties"];
  return isObject(properties)
    ? { ...kept, properties: omit(properties, [...(kind.readOnly ?? []), "provisioningState"]) }
    : kept;
}

/** Above it the letters of what is there, its own name as sent; ids never change afterwards. */
function idFor({ target, raw }: Call, kind: Kind, was: Stored | undefined, world: World): string {
  if (was) return was.id;
  if (kind.echoesId) return asWritten(raw);
  if (target.id.split("/").length < 6) return target.id;
  const parent = world.get(target.parent)?.id ?? target.parent;
  const [space, ...types] = kind.type.split("/");
  const own = same(target.parent, target.scope)
    ? `providers/${space}/${types.at(-1)}`
    : types.at(-1);
  return `${parent}/${own}/${target.name}`;
}

/** The marks of a write: who and when (at accept only), and a fresh etag. */
export function stamped(it: Stored, kind: Kind, call: Call, world: World): Stored {
  const who = call.principal;
  const by = who?.kind === "app" ? who.appId : (who?.upn ?? who?.objectId);
  const byType = who?.kind === "app" ? "Application" : "User";
  const at = precise(world.now());
  const made = { createdBy: by, createdByType: byType, createdAt: at };
  const changed = { lastModifiedBy: by, lastModifiedByType: byType, lastModifiedAt: at };
  const before = isObject(it["systemData"]) ? it["systemData"] : made;
  return {
    ...it,
    ...(kind.etag && { etag: kind.etag(world) }),
    ...(kind.systemData && { systemData: { ...before, ...changed } }),
  };
}

export function inState(it: Stored, kind: Kind, state: string): Stored {
  if (kind.inState) return kind.inState(it, state);
  return { ...it, properties: { ...it.properties, provisioningState: state } };
}

function parentName(id: string): string {
  return id.split("/").at(-3) ?? "";
}
