import { builtInRoles } from "./built-in-roles.ts";
import { parsePath, scopesOf } from "./ids.ts";
import type { Stored } from "./kinds.ts";
import { same } from "./merge.ts";
import type { Principal } from "./principals.ts";
import type { World } from "./world.ts";

export type Role = Readonly<{
  /** GUID, the same in every subscription. */
  id: string;
  name: string;
  actions: readonly string[];
  notActions: readonly string[];
}>;

/** Role definitions; assignments are resources, so that a PUT through ARM counts like a grant. */
export type Roles = Readonly<{
  define(role: Role): void;
  byId(guid: string): Role | undefined;
  byName(name: string): Role | undefined;
}>;

export function createRoles(): Roles {
  const roles = new Map(builtInRoles.map((it) => [it.id, it]));
  return {
    define: (role) => void roles.set(role.id.toLowerCase(), role),
    byId: (guid) => roles.get(guid.toLowerCase()),
    byName: (name) => [...roles.values()].find((it) => same(it.name, name)),
  };
}

export type Grant = Readonly<{ role: Role; assignment: Stored; scope: string }>;

export const assignmentType = "Microsoft.Authorization/roleAssignments";

/** The assignments of a principal that reach an id, nearest scope first. */
export function grantsAt(world: World, principal: Principal, id: string): Grant[] {
  return [...scopesOf(id), ""].flatMap((scope) =>
    world.children(scope, assignmentType).flatMap((assignment) => {
      const { principalId, roleDefinitionId } = assignment.properties;
      const role = world.roles.byId(parsePath(String(roleDefinitionId)).name ?? "");
      return same(String(principalId), principal.objectId) && role
        ? [{ role, assignment, scope }]
        : [];
    }),
  );
}

/** The grant that lets a principal act, or undefined. Actions are matched without case, `*` is any text. */
export function grantFor(
  world: World,
  principal: Principal,
  action: string,
  id: string,
): Grant | undefined {
  return grantsAt(world, principal, id).find(({ role }) => allows(role, action));
}

export function allows(role: Role, action: string): boolean {
  return matches(role.actions, action) && !matches(role.notActions, action);
}

function matches(patterns: readonly string[], action: string): boolean {
  return patterns.some((it) => patternOf(it).test(action));
}

const compiled = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const text = pattern.split("*").map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const made = new RegExp(`^${text.join(".*")}$`, "i");
  compiled.set(pattern, made);
  return made;
}

/** Assigns a role by name, or one made of actions, to a principal at a scope. */
export function grant(
  world: World,
  principal: Principal,
  role: string | readonly string[],
  scope: string,
): void {
  const granted = typeof role === "string" ? world.roles.byName(role) : custom(world, role);
  if (!granted) throw new Error(`There is no role ${String(role)}.`);
  const name = world.guid();
  world.put({
    id: `${scope}/providers/${assignmentType}/${name}`,
    type: assignmentType,
    name,
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${granted.id}`,
      principalId: principal.objectId,
      principalType: principal.kind === "user" ? "User" : "ServicePrincipal",
      scope,
    },
  });
}

function custom(world: World, actions: readonly string[]): Role {
  const role = { id: world.guid(), name: `custom ${actions.length}`, actions, notActions: [] };
  world.roles.define(role);
  return role;
}
