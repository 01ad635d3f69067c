import { accountId } from "./estates.ts";
import type { Laptop } from "./laptop.ts";

const version = "2025-06-01";

/** A person opens the account, as in the portal. */
export function open(laptop: Laptop): void {
  const body = { properties: { publicNetworkAccess: "Enabled" } };
  const answer = laptop.write("PATCH", `${accountId}?api-version=${version}`, body);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
}

export async function access(laptop: Laptop): Promise<string | undefined> {
  const seen = await laptop.seen(accountId);
  return seen && Reflect.get(seen.properties, "publicNetworkAccess");
}

export async function decision(laptop: Laptop) {
  return (await laptop.recall(accountId))?.findings[0]?.decision;
}
