import type { Answer } from "../answers.ts";
import type { Stored } from "../kinds.ts";
import { isObject, same } from "../merge.ts";
import type { World } from "../world.ts";

export const searchVersions = [
  "2015-08-19",
  "2020-03-13",
  "2020-08-01",
  "2022-09-01",
  "2023-11-01",
  "2025-05-01",
];
export const serviceType = "Microsoft.Search/searchServices";

/** A refusal by Search itself: the request's id stands in the text, absent parts are null (recorded). */
export function searchFailure(status: number, code: string, text: string, world: World): Answer {
  const message = `${text} RequestId: ${world.guid()}`;
  return { status, body: { error: { code, message, target: null, details: null } } };
}

/** Recorded: the time of the write, escaped, with seven digits. */
export function searchEtag(world: World): string {
  const time = world.now().toISOString().slice(0, -1).replaceAll(":", "%3A");
  return `W/"datetime'${time}${String(world.between(1000, 9999))}Z'"`;
}

export function isFree(it: Stored): boolean {
  const sku = it["sku"];
  return isObject(sku) && same(String(sku["name"]), "free");
}
