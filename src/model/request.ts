import type { JsonObject } from "./json.ts";
import type { Resource } from "./resource.ts";
import type { ResourceId } from "./resource-id.ts";
import { type ResourceType, resourceTypes } from "./resource-types/index.ts";

/** One ARM write, exactly as it will be sent, shown and stored. `url` begins with the id, without host. */
export type Request = Readonly<{
  method: "PATCH" | "PUT" | "POST" | "DELETE";
  url: string;
  body?: JsonObject;
}>;

/** One write and the sight that proves its effect. Without `expect` the proof is the rule, asked again. */
export type Step = Readonly<{
  title: string;
  request: Request;
  expect?: "gone" | JsonObject;
  /** What is expected must hold on two looks that far apart. */
  steadyMinutes?: number;
  /** How long the effect may take, only beside `expect`; default 24 hours. */
  patienceMinutes?: number;
  /** After this step something is missing until the last step is done: the rest always runs. */
  destructive?: true;
  /** Ids of the fix's guards that are asked afresh right before this step. */
  guards?: readonly string[];
  /** What must still be seen right before this step: the same incarnation, the same specification. */
  stillIs?: JsonObject;
  /** Sent again when it failed, up to this often within an hour; then `ifGivenUp`. */
  attempts?: number;
  /** Puts things back once this step was sent and the plan is given up; until a later step has its own. */
  ifGivenUp?: readonly Step[];
}>;

type Target = Readonly<{ id: string; type: ResourceType }>;

export const patch = (target: Target, body: JsonObject): Request => ({
  method: "PATCH",
  url: urlOf(target),
  body,
});

export const put = (target: Target, body: JsonObject): Request => ({
  method: "PUT",
  url: urlOf(target),
  body,
});

export const remove = (target: Target, query = ""): Request => ({
  method: "DELETE",
  url: urlOf(target) + query,
});

export function child<T extends ResourceType>(
  type: T,
  parent: Resource,
  name: string,
): { id: ResourceId; type: T } {
  const segment = resourceTypes[type].name.split("/").at(-1);
  return { id: `${parent.id}/${segment}/${name}` as ResourceId, type };
}

function urlOf({ id, type }: Target): string {
  return `${id}?api-version=${resourceTypes[type].apiVersion}`;
}
