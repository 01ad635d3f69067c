import type { Body } from "../../answers.ts";
import { regionOf } from "../../display-names.ts";
import { shownGroupType } from "../../existence.ts";
import { parsePath } from "../../ids.ts";
import type { Stored } from "../../kinds.ts";
import type { Row, Type } from "../../kql/values.ts";
import type { World } from "../../world.ts";
import { remembered } from "./access.ts";

type Source = Readonly<{ it: Stored; shown(): Body; tenantId: string }>;

/** Recorded: types, regions and groups in lower case, ids as made; absent objects null, absent texts "". */
const cells: Readonly<Record<string, readonly [Type, (source: Source) => unknown]>> = {
  id: ["string", ({ it }) => it.id],
  name: ["string", ({ it }) => it.name],
  type: ["string", ({ it }) => graphType(it.type)],
  tenantId: ["string", ({ tenantId }) => tenantId],
  kind: ["string", ({ shown }) => shown()["kind"] ?? ""],
  location: ["string", ({ it }) => regionOf(it.location ?? "")],
  resourceGroup: ["string", ({ it }) => parsePath(it.id).group.toLowerCase()],
  subscriptionId: ["string", ({ it }) => parsePath(it.id).subscription],
  managedBy: ["string", ({ shown }) => shown()["managedBy"] ?? ""],
  sku: ["dynamic", ({ shown }) => shown()["sku"]],
  plan: ["dynamic", ({ shown }) => shown()["plan"]],
  properties: ["dynamic", ({ shown }) => shown()["properties"]],
  tags: ["dynamic", ({ shown }) => shown()["tags"]],
  identity: ["dynamic", ({ shown }) => shown()["identity"]],
  zones: ["dynamic", ({ shown }) => shown()["zones"]],
  extendedLocation: ["dynamic", ({ shown }) => shown()["extendedLocation"]],
};

/** The same of every table; there is no systemData and no etag (azure-docs explore-resources). */
export const columns = new Map(Object.entries(cells).map(([name, [type]]) => [name, type]));

/** The type as rows have it: groups are called here as their path has it. */
export const graphType = remembered((type: string) =>
  type.toLowerCase() === shownGroupType.toLowerCase()
    ? "microsoft.resources/subscriptions/resourcegroups"
    : type.toLowerCase(),
);

/** `shown` is asked at most once, and only by columns that ARM's providers make. */
export function rowOf(it: Stored, show: (it: Stored) => Body, tenantId: string): Row {
  let body: Body | undefined;
  const shown = (): Body => {
    body ??= show(it);
    return body;
  };
  const source = { it, shown, tenantId };
  return (column) => cells[column]?.[1](source);
}

/** arm.md 6: by an api-version that the platform chooses, none in preview; here the newest. */
export function shownBy(it: Stored, world: World): Body {
  if (past.has(it)) return it;
  const kind = world.kind(it.type);
  const version = kind?.versions.findLast((name) => !name.includes("preview")) ?? "";
  return kind?.show?.(it, version, world) ?? it;
}

const past = new WeakSet<Stored>();

/** A resource that goes on being shown as it is now. */
export function asShown(it: Stored, world: World): Stored {
  const { id, type, name, location } = it;
  const own = { id, type, name, ...(location !== undefined && { location }) };
  const shown = { ...shownBy(it, world), ...own } as Stored;
  past.add(shown);
  return shown;
}
