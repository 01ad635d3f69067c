import { readFileSync } from "node:fs";
import { usage } from "../options.ts";

const subscriptionIn = /^\/subscriptions\/([0-9a-f-]{36})(\/|$)/i;

/** Resources as `az resource list`, a GET or Resource Graph gave them; errors name what is wrong where. */
export function readEstate(file: string | URL): { resources: object[]; subscriptions: string[] } {
  const resources = listIn(parse(file), file);
  const subscriptions = resources.map((it, i) => {
    const id: unknown = Reflect.get(it, "id");
    const [, subscription] = subscriptionIn.exec(typeof id === "string" ? id : "") ?? [];
    if (!subscription) throw usage(`${file}: entry ${i} has no id of a resource.`);
    return subscription.toLowerCase();
  });
  return { resources, subscriptions: [...new Set(subscriptions)] };
}

function parse(file: string | URL): unknown {
  const text = read(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usage(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function read(file: string | URL): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw usage(`${file} cannot be read.`);
  }
}

/** A bare array, or what a list or a query wraps it in. */
function listIn(it: unknown, file: string | URL): object[] {
  const list = Array.isArray(it) ? it : (field(it, "value") ?? field(it, "data"));
  if (!Array.isArray(list)) throw usage(`${file} is no array of resources.`);
  return list.filter((one): one is object => typeof one === "object" && one !== null);
}

const field = (it: unknown, name: string): unknown =>
  typeof it === "object" && it !== null ? Reflect.get(it, name) : undefined;
