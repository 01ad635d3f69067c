import { readEstate } from "../estate/read-estate.ts";
import { type Deed, readStory } from "../estate/story.ts";
import type { Laptop } from "../laptop.ts";
import { people } from "../people.ts";

export type Write = Extract<Deed, { method: string }>;

/** The estate of the demo. */
export function demoEstate(root: URL) {
  const { resources, subscriptions } = readEstate(new URL("dev/estate/estate.json", root));
  return { estate: resources, subscriptions, owners: Object.values(people) };
}

/** What the first two scenes of its story begin with: an account is opened, another one is tagged. */
export function demoWrites(): Readonly<{ open: Write; tag: Write }> {
  const [open, tag] = readStory().flatMap(({ does }) => does.filter((it) => "method" in it));
  if (!open || !tag) throw new Error("The story has no writes.");
  return { open, tag };
}

export function write(laptop: Laptop, { who, method, id, version, body }: Write): void {
  const token = laptop.azure.principals.token(people[who]);
  const answer = laptop.azure.answer({
    method,
    url: `https://management.azure.com${id}?api-version=${version}`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${method} ${id}: ${JSON.stringify(answer.body)}`);
}
