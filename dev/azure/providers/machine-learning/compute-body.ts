import type { Body } from "../../answers.ts";
import type { Change, Stored } from "../../kinds.ts";
import { isObject, omit } from "../../merge.ts";
import type { World } from "../../world.ts";
import { showAttached } from "./attached.ts";
import { showCluster } from "./cluster-body.ts";
import { isCluster, isInstance } from "./common.ts";
import { showInstance } from "./instance-body.ts";

/** F1, in its order. */
export function show(it: Stored, version: string, world: World): Body {
  const { id, name, type, location, properties } = it;
  const warnings = properties["isAttachedCompute"] === true ? null : {};
  return {
    id,
    name,
    type,
    location,
    tags: it["tags"] ?? (properties["isAttachedCompute"] === true ? null : {}),
    ...(it["identity"] !== undefined && { identity: it["identity"] }),
    properties: {
      createdOn: properties["createdOn"],
      modifiedOn: properties["modifiedOn"],
      disableLocalAuth: properties["disableLocalAuth"],
      description: properties["description"],
      resourceId: properties["resourceId"],
      computeType: properties["computeType"],
      computeLocation: properties["computeLocation"],
      provisioningState: properties["provisioningState"],
      provisioningErrors: properties["provisioningErrors"],
      ...(version >= "2024" && { provisioningWarnings: warnings }),
      isAttachedCompute: properties["isAttachedCompute"],
      properties: inner(it, version, world),
    },
  };
}

function inner(it: Stored, version: string, world: World): Body {
  const { computeType, properties } = it.properties;
  const spec = properties as Body;
  if (isCluster(it)) return showCluster(it, spec, version, world);
  if (isInstance(it)) return showInstance(it, spec, version, world);
  return showAttached(computeType, spec);
}

/**
 * What the answers to PUT and PATCH have beside the state: tags and warnings null and no
 * computeLocation when it is new, the resource behind it when it is not (F1, claim 13).
 */
export function answered(body: Body, { was, call }: Change): Body {
  const outer = body["properties"] as Body;
  const isNew = was === undefined;
  const sent = call.body?.["properties"];
  const silent = isNew && !(isObject(sent) && sent["computeLocation"] !== undefined);
  const behind = !isNew && outer["computeType"] === "AmlCompute" ? behindIt(was) : undefined;
  return {
    ...body,
    ...(isNew && { tags: call.body?.["tags"] ?? null }),
    properties: {
      ...omit(outer, silent ? ["computeLocation"] : []),
      ...(behind !== undefined && { resourceId: behind }),
      ...(isNew && "provisioningWarnings" in outer && { provisioningWarnings: null }),
    },
  };
}

const behindIt = ({ id, name }: Stored): string =>
  id.replace(
    /Microsoft\.MachineLearningServices\/workspaces\/([^/]+)\/computes\/.*$/i,
    `Microsoft.BatchAI/workspaces/$1/clusters/${name}`,
  );
