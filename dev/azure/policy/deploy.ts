import type { Body } from "../answers.ts";
import type { Request } from "../call.ts";
import { parsePath } from "../ids.ts";
import type { Stored } from "../kinds.ts";
import { isObject, omit, same } from "../merge.ts";
import type { World } from "../world.ts";
import { identityOf, type Policy, seenBy, valuesIn } from "./assignments.ts";
import { holds } from "./conditions.ts";
import { evaluate, type Scope } from "./expressions.ts";

/**
 * azure-docs effect-deploy-if-not-exists: some time after the write the policy looks whether what it
 * wants is there; if not, its identity deploys it, with the rights that it has. Simulated: the PUTs of
 * the template, not the deployment around them.
 */
export function deployLater(
  policy: Policy,
  id: string,
  world: World,
  send: (request: Request) => void,
): void {
  world.after(secondsUntil(policy.details["evaluationDelay"]), () => {
    const it = world.get(id);
    if (it && world.get(policy.assignment.id) && isWanting(policy, it, world))
      for (const request of requestsOf(policy, it, world)) send(request);
  });
}

/** Ten minutes unless it says other (azure-docs); how soon after the end of a write is not known. */
function secondsUntil(delay: unknown): number {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(delay)) ?? [];
  if (hours !== undefined || minutes !== undefined)
    return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return String(delay).startsWith("AfterProvisioning") ? 60 : 600;
}

function isWanting(policy: Policy, it: Stored, world: World): boolean {
  if (!holds(policy.condition, seenBy(policy, it))) return false;
  const { type, name, existenceCondition: wanted } = policy.details;
  const called = evaluate(name, seenBy(policy, it).scope);
  return !around(it, String(type), world).some((one) => {
    if (called !== undefined && !same(one.name, String(called))) return false;
    return wanted === undefined || holds(wanted, seenBy(policy, one));
  });
}

/** The resource itself, what it holds, or its group's. */
function around(it: Stored, type: string, world: World): Stored[] {
  if (same(it.type, type)) return [it];
  const isHeld = type.toLowerCase().startsWith(`${it.type.toLowerCase()}/`);
  const all = isHeld ? world.below(it.id) : [...world.below(it.id), ...world.below(groupOf(it.id))];
  return all.filter((one) => same(one.type, type));
}

function groupOf(id: string): string {
  const { subscription, group } = parsePath(id);
  return `/subscriptions/${subscription}/resourceGroups/${group}`;
}

function requestsOf(policy: Policy, it: Stored, world: World): Request[] {
  const principal = world.directory.find(identityOf(policy.assignment) ?? "");
  if (!principal) return [];
  const token = world.directory.token(principal);
  return templateResources(policy, it).map((resource) => ({
    method: "PUT",
    url: `${groupOf(it.id)}/providers/${pathOf(resource)}?api-version=${resource["apiVersion"]}`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(omit(resource, ["type", "apiVersion", "name", "dependsOn"])),
  }));
}

/** The template's parameters come from the definition, which reads them from the resource. */
function templateResources(policy: Policy, it: Stored): Body[] {
  const { template, given } = deploymentOf(policy.details);
  const { scope } = seenBy(policy, it);
  const inside: Scope = {
    parameters: {
      ...valuesIn(template["parameters"], "defaultValue"),
      ...valuesIn(evaluate(given, scope), "value"),
    },
  };
  const resources = Array.isArray(template["resources"]) ? template["resources"] : [];
  return resources.map((one) => evaluate(one, inside)).filter(isObject);
}

/** `details.deployment.properties`: a template, and what it is given. */
export function deploymentOf(details: Body): { template: Body; given: unknown } {
  const deployment = isObject(details["deployment"]) ? details["deployment"] : {};
  const properties = isObject(deployment["properties"]) ? deployment["properties"] : {};
  const template = isObject(properties["template"]) ? properties["template"] : {};
  return { template, given: properties["parameters"] };
}

/** `Microsoft.Network/privateEndpoints/privateDnsZoneGroups` and `pe/default`, woven together. */
function pathOf({ type, name }: Body): string {
  const [space = "", ...types] = String(type).split("/");
  const names = String(name).split("/");
  return [space, ...types.flatMap((it, n) => [it, names[n] ?? ""])].join("/");
}
