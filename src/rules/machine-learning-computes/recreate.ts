import type { Json, JsonObject } from "../../model/json.ts";
import { put, remove, type Step } from "../../model/request.ts";
import type { Resource } from "../../model/resource.ts";

export type Compute = Resource<"microsoft.machinelearningservices/workspaces/computes">;

/**
 * What GET adds and PUT does not take (docs/sources.md, claim 23; `enableBatchPrivateLink` is
 * shown by Azure and in no specification of a request).
 */
const readOnly = `createdOn modifiedOn resourceId provisioningState provisioningErrors
  provisioningWarnings isAttachedCompute`.split(/\s+/);
const readOnlyOfNodes = `currentNodeCount targetNodeCount nodeStateCounts allocationState
  allocationStateTransitionTime errors propertyBag enableBatchPrivateLink connectivityEndpoints
  applications createdBy state lastOperation containers dataDisks dataMounts versions
  osImageMetadata`.split(/\s+/);

/** Delete and make again, as it was but for its nodes' addresses; the original flag if that fails. */
export function recreate(compute: Compute, stillIs: JsonObject, guards: readonly string[]): Step[] {
  return [
    {
      title: "Delete it",
      request: remove(compute, "&underlyingResourceAction=Delete"),
      expect: "gone",
      destructive: true,
      guards,
      stillIs,
      ifGivenUp: [
        {
          title: "Make it again as it was",
          request: put(compute, specOf(compute, true)),
          expect: { properties: { provisioningState: "Succeeded", ...scaleOf(compute) } },
          attempts: 1000,
        },
      ],
    },
    {
      title: "Make it again without public addresses",
      request: put(compute, specOf(compute, false)),
      attempts: 3,
    },
  ];
}

/** A delete that never happened leaves it drained: then making it again sets just this. */
function scaleOf({ properties }: Compute): JsonObject {
  const { scaleSettings } = specOfNodes(properties);
  return scaleSettings === undefined ? {} : { properties: { scaleSettings } };
}

/** What is written of a compute: its own specification, without what Azure says about it. */
export function specOf(compute: Compute, enableNodePublicIp: boolean): JsonObject {
  const { location, tags, identity, sku, properties } = compute;
  const inner = specOfNodes(properties);
  return {
    ...(location !== undefined && { location }),
    ...(tags && { tags }),
    ...(sku && { sku }),
    ...identityOf(identity),
    properties: {
      ...without(properties, [...readOnly, "properties"]),
      properties: { ...inner, enableNodePublicIp },
    },
  };
}

const specOfNodes = ({ properties }: Compute["properties"]): JsonObject =>
  without(properties, readOnlyOfNodes);

/** Nulls are how GET says that nothing was set. */
function without(it: object | undefined, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(it ?? {}).filter(([name, value]) => value !== null && !names.includes(name)),
  ) as Record<string, Json>;
}

function identityOf(identity: Compute["identity"]): JsonObject {
  if (!identity?.type || identity.type.toLowerCase() === "none") return {};
  const ids = Object.keys(identity.userAssignedIdentities ?? {});
  const assigned = Object.fromEntries(ids.map((it) => [it, {}]));
  return {
    identity: { type: identity.type, ...(ids.length > 0 && { userAssignedIdentities: assigned }) },
  };
}
