import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import { resourceNotFound } from "../existence.ts";
import { parsePath } from "../ids.ts";
import { type Kind, type Stored, view } from "../kinds.ts";
import { isObject, omit } from "../merge.ts";
import type { World } from "../world.ts";

const tagVersions = `
  2019-10-01 2020-06-01 2020-08-01 2020-10-01 2021-01-01 2021-04-01 2022-09-01 2023-07-01
  2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01
`
  .trim()
  .split(/\s+/);

/** Tags of any scope by themselves; a write names the tagged resource in its event (recorded). */
export const tags: Kind = {
  ...view("Microsoft.Resources/tags", tagVersions, {
    GET: (call, world) => answer(call, tagged(call, world)),
    PUT: (call, world) => change(call, world, () => tagsIn(call.body)),
    PATCH: (call, world) => change(call, world, (now) => patched(now, call.body)),
    DELETE: (call, world) => ({ ...change(call, world, () => ({})), body: "" }),
  }),
  subject: (target) => target.scope,
};

function tagged(call: Call, world: World): Stored | undefined {
  return world.get(call.target.scope);
}

/** Recorded: 200, synchronous. The etag of the tagged resource: not recorded, left alone. */
function change(call: Call, world: World, make: (now: Body) => Body | undefined): Answer {
  const it = tagged(call, world);
  if (!it) return resourceNotFound(parsePath(call.target.scope));
  const made = make(isObject(it["tags"]) ? it["tags"] : {});
  if (!made) return failure(400, "InvalidRequestContent", "The request content was invalid.");
  const next: Stored = { ...it, tags: made };
  world.put(next);
  return answer(call, next);
}

/** Recorded: Merge adds, Replace replaces, Delete needs key and value. */
function patched(now: Body, body: Call["body"]): Body | undefined {
  const sent = tagsIn(body);
  if (!sent) return undefined;
  switch (String(body?.["operation"]).toLowerCase()) {
    case "merge":
      return { ...now, ...sent };
    case "replace":
      return sent;
    case "delete":
      return omit(
        now,
        Object.keys(sent).filter((key) => now[key] === sent[key]),
      );
    default:
      return undefined;
  }
}

function tagsIn(body: Call["body"]): Body | undefined {
  const properties = body?.["properties"];
  return isObject(properties) && isObject(properties["tags"]) ? properties["tags"] : undefined;
}

function answer({ target }: Call, it: Stored | undefined): Answer {
  if (!it) return resourceNotFound(parsePath(target.scope));
  return {
    status: 200,
    body: {
      id: `${it.id}/providers/Microsoft.Resources/tags/default`,
      name: "default",
      type: "Microsoft.Resources/tags",
      properties: { tags: isObject(it["tags"]) ? it["tags"] : {} },
    },
  };
}
