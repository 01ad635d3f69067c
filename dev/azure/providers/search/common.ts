import type { Answer } from "../../answers.ts";
import type { Serve, Stored } from "../../kinds.ts";
import { isObject } from "../../merge.ts";
import type { World } from "../../world.ts";

/** The preview is what the Azure CLI asks since 2.85; of its children nothing was recorded. */
export const searchVersions = [
  "2015-08-19",
  "2020-03-13",
  "2020-08-01",
  "2022-09-01",
  "2023-11-01",
  "2025-05-01",
  "2026-03-01-preview",
];
export const serviceType = "Microsoft.Search/searchServices";

/** NET CreateServiceWithInvalidName, CheckNameAvailabilityFailsOnInvalidName: the same sentence. */
export const nameRule =
  "Service name must only contain lowercase letters, digits or dashes, cannot start or end with or contain consecutive dashes and is limited to 60 characters.";

/** What Search objects to in a body: absent parts are null, and there is no request id (NET, five of five). */
export function searchRefusal(code: string, message: string): Answer {
  return { status: 400, body: { error: { code, message, target: null, details: null } } };
}

/** What it did not find, or cannot do now: the request's id stands in the text (recorded). */
export function searchFailure(status: number, code: string, text: string, world: World): Answer {
  const message = `${text} RequestId: ${world.guid()}`;
  return { status, body: { error: { code, message, target: null, details: null } } };
}

/** What a service holds: `nextLink` is null, also under an empty list (crud 43, shared_private_link 21). */
export const listUnder =
  (type: string): Serve =>
  ({ target }, world) => ({
    status: 200,
    body: { value: world.children(target.parent, type), nextLink: null },
  });

/** Recorded: the time of the write, escaped, with seven digits. */
export function searchEtag(world: World): string {
  const time = world.now().toISOString().slice(0, -1).replaceAll(":", "%3A");
  return `W/"datetime'${time}${String(world.between(1000, 9999))}Z'"`;
}

export function skuOf(it: Stored): string {
  const sku = it["sku"];
  return isObject(sku) ? String(sku["name"]).toLowerCase() : "";
}

export const isFree = (it: Stored): boolean => skuOf(it) === "free";
