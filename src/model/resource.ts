import type { ResourceId } from "./resource-id.ts";
import type { PropertiesOf, ResourceType } from "./resource-types/index.ts";

/** An ARM resource as it was read. `id` keeps ARM's case, `type` is in lower case. */
export type Resource<T extends ResourceType = ResourceType> = {
  [K in T]: Readonly<{
    id: ResourceId;
    type: K;
    name: string;
    kind?: string;
    location?: string;
    managedBy?: string;
    tags?: Readonly<Record<string, string>>;
    identity?: Readonly<{
      type?: string;
      principalId?: string;
      userAssignedIdentities?: Readonly<Record<string, unknown>>;
    }>;
    sku?: Readonly<{ name?: string; tier?: string }>;
    systemData?: Readonly<{ createdAt?: string; lastModifiedBy?: string; lastModifiedAt?: string }>;
    properties: PropertiesOf[K];
  }>;
}[T];

const terminal = ["succeeded", "failed", "canceled"];

/** Recorded: every word but three means that ARM is still at work, and what is shown is an intention. */
export function isTerminal(it: Resource): boolean {
  const state = stateOf(it);
  return state === undefined || terminal.includes(state);
}

export function hasFailed(it: Resource): boolean {
  return stateOf(it) === "failed" || stateOf(it) === "canceled";
}

function stateOf({ properties }: Resource): string | undefined {
  const state: unknown = Reflect.get(properties, "provisioningState");
  return typeof state === "string" ? state.toLowerCase() : undefined;
}

/** What moves by itself on computes and services, without anybody changing what they are. */
const moving = [
  "modifiedOn",
  "provisioningState",
  "provisioningErrors",
  "provisioningWarnings",
  "allocationState",
  "allocationStateTransitionTime",
  "currentNodeCount",
  "targetNodeCount",
  "nodeStateCounts",
  "errors",
  "state",
  "status",
  "lastOperation",
];

/** The properties that somebody must change before a fix that did not cure is worth another try. */
export const steadyProperties = (it: Resource | undefined): unknown =>
  withoutMoving(it?.properties);

function withoutMoving(it: unknown): unknown {
  if (typeof it !== "object" || it === null || Array.isArray(it)) return it;
  const kept = Object.entries(it).filter(([name]) => !moving.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutMoving(value)]));
}

/** When it was made, where ARM says so: nothing of Microsoft.Network does. */
export function createdAtOf({ systemData, properties }: Resource): string | undefined {
  const createdOn: unknown = Reflect.get(properties, "createdOn");
  return systemData?.createdAt ?? (typeof createdOn === "string" ? createdOn : undefined);
}

/** Ids of the private endpoints that are Approved on it. Recorded: only `status` can be compared. */
export function approvedEndpointsOf({ properties }: Resource): readonly string[] {
  if (!("privateEndpointConnections" in properties)) return [];
  return (properties.privateEndpointConnections ?? []).flatMap(({ properties: it }) =>
    it?.privateLinkServiceConnectionState?.status?.toLowerCase() === "approved" &&
    it.privateEndpoint?.id
      ? [it.privateEndpoint.id]
      : [],
  );
}
