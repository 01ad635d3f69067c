import { AirlockError } from "../model/airlock-error.ts";
import type { Permissions } from "../model/facts.ts";
import type { Resource } from "../model/resource.ts";
import { type ResourceType, resourceTypes } from "../model/resource-types/index.ts";
import type { Reads } from "../pipeline/ports.ts";
import type { Arm } from "./arm-answers.ts";
import type { Graph } from "./graph.ts";

const permissionsVersion = "2022-04-01";

/** ARM by id, Resource Graph for what is asked by type or name. */
export function createReads(arm: Arm, graph: Graph): Reads {
  return {
    async get<T extends ResourceType>(type: T, id: string) {
      return resourceOf(
        await arm.read(`${checked(id)}?api-version=${resourceTypes[type].apiVersion}`),
        type,
      );
    },
    async list<T extends ResourceType>(type: T, parent: string, nameEnd?: string) {
      const query = new URLSearchParams({
        "api-version": resourceTypes[type].apiVersion,
        ...(nameEnd !== undefined && { $recordsetnamesuffix: nameEnd }),
      });
      const found = await arm.list(`${collectionOf(type, checked(parent))}?${query}`);
      return found.map((it) => resourceOf(it, type)).filter((it) => it !== undefined);
    },
    async permissions(scope) {
      const path = `${checked(scope)}/providers/Microsoft.Authorization/permissions`;
      const found = await arm.list(`${path}?api-version=${permissionsVersion}`);
      return found.map(
        (it): Permissions => ({
          scope,
          actions: textsIn(it["actions"]),
          notActions: textsIn(it["notActions"]),
        }),
      );
    },
    async all<T extends ResourceType>(type: T, subscription: string) {
      const query = `resources | where type =~ '${type}' | project id, name, type, kind, location, managedBy, sku, tags, identity, properties | order by id asc`;
      const rows = await graph(query, subscription);
      return rows.map((it) => resourceOf(it, type)).filter((it) => it !== undefined);
    },
    async zonesNamed(names) {
      const listed = names.map((it) => `'${it}'`).join(", ");
      const query = `resources | where type =~ 'microsoft.network/privatednszones' and name in~ (${listed}) | project id, name | order by id asc`;
      return (await graph(query)).map((it) => String(it["id"]));
    },
  };
}

/** Ids out of bodies are somebody's words too: none may reach past its own path. */
function checked(id: string): string {
  if (/^\/[^?#%\\\s]+$/.test(id) && !/\/\.{0,2}(\/|$)/.test(id)) return id;
  throw new AirlockError("invalid", `"${id.slice(0, 100)}" is no id that ARM could have written.`);
}

/** Children stand under their last segment, extensions under the whole name of their type. */
function collectionOf(type: ResourceType, parent: string): string {
  const { name } = resourceTypes[type];
  return type.startsWith("microsoft.authorization/")
    ? `${parent}/providers/${name}`
    : `${parent}/${name.slice(name.lastIndexOf("/") + 1)}`;
}

const textsIn = (it: unknown): readonly string[] =>
  Array.isArray(it) ? it.filter((one) => typeof one === "string") : [];

/** As ARM wrote it, nulls and empty texts of the envelope left out: Resource Graph has them for absent. */
function resourceOf<T extends ResourceType>(
  it: Record<string, unknown> | undefined,
  type: T,
): Resource<T> | undefined {
  if (!it) return undefined;
  const known = Object.entries(it).filter(([, value]) => value !== null && value !== "");
  const resource = { properties: {}, ...Object.fromEntries(known), type };
  return resource as unknown as Resource<T>; // the shape of a body is ARM's word; rules expect absent keys
}
