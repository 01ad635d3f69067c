import { isDeepStrictEqual } from "node:util";
import { airlockPrincipal, type Laptop } from "../laptop.ts";
import type { Narrator } from "../narrator.ts";
import { people } from "../people.ts";
import { runUntilQuiet } from "../turn.ts";
import type { Deed, Expected, Scene } from "./story.ts";

export type Played = Readonly<{
  name: string;
  resourceId: string;
  expected: string;
  actual: string;
  ok: boolean;
  journal: readonly unknown[];
}>;

type Finding = Readonly<{
  id: string;
  ruleId: string;
  decision: { do: string };
  journal: readonly { sequence: number; entry: Record<string, unknown> }[];
}>;

/** Long enough for a drain, a delete and a new cluster, and for a deployment's grace. */
const sceneSeconds = 3 * 24 * 3600;

/** Plays one scene to its end and says whether it ended as it should. */
export async function play(laptop: Laptop, scene: Scene, narrator: Narrator): Promise<Played> {
  const before = readsOf(laptop, scene.resourceId);
  for (const deed of scene.does) {
    await act(laptop, scene, deed, narrator);
    await runUntilQuiet(laptop, sceneSeconds, narrator.jump);
  }
  const reads = readsOf(laptop, scene.resourceId) - before;
  const findings = await findingsOf(laptop, scene.judged ?? scene.resourceId);
  const journal = findings.flatMap((it) => it.journal).sort((a, b) => a.sequence - b.sequence);
  const actual = actualOf(scene.expected, {
    resource: readAs(laptop, scene),
    decisions: Object.fromEntries(findings.map((it) => [it.ruleId, it.decision.do])),
    journal: journal.map(({ entry }) => entry["action"]).join(", "),
    seen: journal.flatMap(({ entry }) => (entry["seen"] as { claimedBy: string }[]) ?? [])[0]
      ?.claimedBy,
    reads,
  });
  return {
    name: scene.name,
    resourceId: scene.resourceId,
    expected: JSON.stringify(scene.expected),
    actual: JSON.stringify(actual),
    ok: isDeepStrictEqual(actual, scene.expected),
    journal,
  };
}

async function act(laptop: Laptop, scene: Scene, deed: Deed, narrator: Narrator): Promise<void> {
  if ("approve" in deed) return approve(laptop, scene, deed);
  const { who, method, id, version, body } = deed;
  const answer = laptop.azure.answer({
    method,
    url: `https://management.azure.com${id}?api-version=${version}`,
    headers: {
      authorization: `Bearer ${laptop.azure.principals.token(people[who])}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const name = id.split("/").at(-1);
  narrator.say(
    "event",
    `${name} was written by ${people[who].name} (${method}, HTTP ${answer.status})`,
  );
  if (answer.status >= 400) throw new Error(`${scene.name}: ${JSON.stringify(answer.body)}`);
}

async function approve(
  laptop: Laptop,
  scene: Scene,
  deed: Extract<Deed, { approve: string }>,
): Promise<void> {
  const findings = await findingsOf(laptop, scene.judged ?? scene.resourceId);
  const finding = findings.find((it) => it.ruleId === deed.approve);
  if (!finding) throw new Error(`${scene.name}: nothing is held by ${deed.approve}.`);
  const answer = await ask(laptop, "/api/approvals", { id: finding.id, reason: deed.reason });
  if (!answer.ok) throw new Error(`${scene.name}: ${await answer.text()}`);
}

async function findingsOf(laptop: Laptop, resourceId: string): Promise<readonly Finding[]> {
  const answer = await ask(laptop, `/api/status?${new URLSearchParams({ resourceId })}`);
  const { findings = [] } = (await answer.json()) as { findings?: readonly Finding[] };
  return findings;
}

function ask({ host }: Laptop, path: string, body?: object): Promise<Response> {
  const headers = { "x-functions-key": host?.key ?? "", "content-type": "application/json" };
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
  return fetch(`${host?.url}${path}`, { headers, ...sent });
}

function readAs({ azure }: Laptop, { resourceId, version }: Scene): unknown {
  return azure.answer({
    method: "GET",
    url: `https://management.azure.com${resourceId}?api-version=${version}`,
    headers: { authorization: `Bearer ${azure.principals.token(people.owner)}` },
  }).body;
}

/** How often Airlock itself has read this resource. */
const readsOf = ({ reads }: Laptop, id: string): number =>
  reads.filter((it) => it.principal === airlockPrincipal.objectId && it.id === id.toLowerCase())
    .length;

/** Of what is true, just what the scene speaks of. */
function actualOf(expected: Expected, all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expected).map(([key, wanted]) => [key, shapedAs(all[key], wanted)]),
  );
}

function shapedAs(it: unknown, like: unknown): unknown {
  if (typeof like !== "object" || like === null || typeof it !== "object" || it === null) return it;
  if (Array.isArray(like))
    return Array.isArray(it) ? it.map((one, i) => shapedAs(one, like[i])) : it;
  return Object.fromEntries(
    Object.keys(like).map((key) => [key, shapedAs(Reflect.get(it, key), Reflect.get(like, key))]),
  );
}
