import { type Answer, gateway, notAllowed } from "./answers.ts";
import type { Call } from "./call.ts";
import { compose } from "./compose.ts";
import {
  absent,
  badContent,
  groupType,
  refuseLeavingGroup,
  refuseOrphan,
  unknownType,
} from "./existence.ts";
import { type Change, type Kind, type Stored, shownType } from "./kinds.ts";
import { same } from "./merge.ts";
import { page } from "./paging.ts";
import type { World } from "./world.ts";
import { begin, type Ended, etagHeader, show } from "./writes.ts";

type Ask = Readonly<{ call: Call; kind: Kind; world: World; ended: Ended }>;

/** The provider: the common behaviour of every type, and what its kind says instead. */
export function provide(call: Call, kind: Kind, world: World, ended: Ended): Answer {
  const refused = refuseOrphan(call, world) ?? refuseLeavingGroup(call, world);
  if (refused) return refused;
  const ask = { call, kind, world, ended };
  const served = serve(ask);
  if (served) return served;
  if (kind.verbs && !kind.verbs.includes(call.verb) && call.action === undefined)
    return notAllowed(call.method);
  return (verbs[call.verb] ?? (() => notAllowed(call.method)))(ask);
}

/** What a type answers by itself; its writes raise events like any other. */
function serve({ call, kind, world, ended }: Ask): Answer | undefined {
  const own = call.action === undefined ? kind.serve?.[call.verb]?.(call, world) : undefined;
  if (own && ["PUT", "PATCH", "DELETE"].includes(call.verb))
    ended(call, kind, own.status === 201, own.status < 400);
  return own;
}

const verbs: Readonly<Partial<Record<string, (ask: Ask) => Answer>>> = {
  GET: (ask) => {
    const it = ask.world.get(ask.call.target.id);
    return it ? shown(ask, it) : absent(ask.call, ask.kind, ask.world);
  },
  HEAD: ({ call, kind, world }) =>
    world.get(call.target.id) ? { status: 204 } : { ...absent(call, kind, world), body: "" },
  LIST: ({ call, kind, world }) =>
    page(call, stored(call.target, kind, world), (it) => show(it, kind, call, world)),
  PUT: (ask) => write(ask, "PUT"),
  PATCH: (ask) => write(ask, "PATCH"),
  DELETE: (ask) => remove(ask),
  POST: (ask) => act(ask),
};

function shown({ call, kind, world }: Ask, it: Stored): Answer {
  return { status: 200, headers: etagHeader(it), body: show(it, kind, call, world) };
}

/** A list stands under a parent, or names all of a type in a group or a subscription. */
function stored(
  { parent, group, subscription }: Call["target"],
  kind: Kind,
  world: World,
): Stored[] {
  if (group === "" && same(parent, `/subscriptions/${subscription}`))
    return world.ofType(subscription, shownType(kind));
  return world.children(parent, shownType(kind));
}

function write(ask: Ask, method: "PUT" | "PATCH"): Answer {
  const { call, kind, world } = ask;
  if (!call.body)
    return badContent("The request content was invalid and could not be deserialized.");
  const was = world.get(call.target.id);
  if (!was && method === "PATCH") return absent(call, kind, world);
  const refused = kind.tracked ? refuseLocation(call, was) : undefined;
  if (refused) return refused;
  const composed = compose(call, kind, was, world);
  const wanted = kind.complete?.(composed, was, world, call) ?? composed;
  return change(ask, { method, call, was, wanted, body: call.body, world });
}

function remove(ask: Ask): Answer {
  const { call, kind, world } = ask;
  const was = world.get(call.target.id);
  if (!was) return absent(call, kind, world);
  return change(ask, { method: "DELETE", call, was, wanted: undefined, body: {}, world });
}

function change({ kind, ended }: Ask, it: Change): Answer {
  const refused = kind.refuse?.(it);
  if (refused) {
    ended(it.call, kind, it.was === undefined, false);
    return refused;
  }
  const fresh = it.wanted && !it.was ? 201 : 200;
  return begin({ change: it, kind, course: kind.course?.(it) ?? { status: fresh }, ended });
}

/** Public texts; not recorded (of groups: azure-cli 22242, the status algo 1814). */
function refuseLocation(
  { method, body, target }: Call,
  was: Stored | undefined,
): Answer | undefined {
  const location = body?.["location"];
  if (!was && method === "PUT" && typeof location !== "string")
    return gateway(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  if (!was?.location || typeof location !== "string" || same(plain(location), plain(was.location)))
    return undefined;
  if (target.type === groupType)
    return gateway(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${was.location}'.`,
    );
  return gateway(
    409,
    "InvalidResourceLocation",
    `The resource '${target.name}' already exists in location '${was.location}' in resource group '${target.group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  );
}

const plain = (location: string): string => location.replaceAll(" ", "");

function act({ call, kind, world, ended }: Ask): Answer {
  const name = Object.keys(kind.actions ?? {}).find((it) => same(it, call.action));
  const action = name === undefined ? undefined : kind.actions?.[name];
  if (!action) return unknownType(call.target, call.version);
  const it = world.get(call.target.id);
  if (!it) return absent(call, kind, world);
  const answer = action(it, call, world);
  ended(call, kind, false, answer.status < 400);
  return answer;
}
