import { readFileSync } from "node:fs";

const subscriptionIn = /^\/subscriptions\/([0-9a-f-]{36})(\/|$)/i;

/** Resources as `az resource list`, a GET or Resource Graph gave them; errors name what is wrong where. */
export function readEstate(file: string | URL): { resources: object[]; subscriptions: string[] } {
  const resources = listIn(parse(file), file);
  const subscriptions = resources.map((it, i) => {
    const id: unknown = Reflect.get(it, "id");
    const [, subscription] = subscriptionIn.exec(typeof id === "string" ? id : "") ?? [];
    if (!subscription) throw new Error(`${file}: entry ${i} has no id of a resource.`);
    return subscription.toLowerCase();
  });
  return { resources, subscriptions: [...new Set(subscriptions)] };
}

function parse(file: string | URL): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** A bare array, or what a list or a query wraps it in. */
function listIn(it: unknown, file: string | URL): object[] {
  const list = Array.isArray(it) ? it : (field(it, "value") ?? field(it, "data"));
  if (!Array.isArray(list)) throw new Error(`${file} is no array of resources.`);
  return list.filter((one): one is object => typeof one === "object" && one !== null);
}

const field = (it: unknown, name: string): unknown =>
  typeof it === "object" && it !== null ? Reflect.get(it, name) : undefined;
