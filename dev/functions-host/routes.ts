import { type Registered, triggerOf } from "./load-app.ts";

export type Route = Readonly<{ it: Registered; params: Readonly<Record<string, string>> }>;

/** The function whose route and method fit, with what its route says of the path. */
export function findRoute(
  functions: readonly Registered[],
  prefix: string,
  method: string,
  pathname: string,
): Route | undefined {
  for (const it of functions) {
    const params = paramsOf(it, prefix, pathname);
    if (params && hasMethod(it, method)) return { it, params };
  }
  return undefined;
}

/** Literal segments, `{name}` for one segment and `{*name}` for all the rest. */
function paramsOf(it: Registered, prefix: string, pathname: string) {
  const trigger = triggerOf(it);
  if (trigger.type !== "httpTrigger") return undefined;
  const route = [prefix, String(trigger["route"] ?? it.name)].filter(Boolean).join("/");
  const pattern = route.split("/").map(patternOf).join("/");
  const found = new RegExp(`^/${pattern}$`, "i").exec(pathname);
  return found && { ...found.groups };
}

function patternOf(segment: string): string {
  const [, rest, name] = /^\{(\*?)(\w+)\}$/.exec(segment) ?? [];
  if (name === undefined) return segment.replace(/[^\w-]/g, "\\$&");
  return rest ? `(?<${name}>.*)` : `(?<${name}>[^/]+)`;
}

function hasMethod(it: Registered, method: string): boolean {
  const methods = triggerOf(it)["methods"];
  return !Array.isArray(methods) || methods.some((one) => String(one).toUpperCase() === method);
}
