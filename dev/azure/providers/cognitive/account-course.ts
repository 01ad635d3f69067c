import type { Body } from "../../answers.ts";
import type { Change, Course, Stored } from "../../kinds.ts";
import { isObject, same } from "../../merge.ts";
import type { World } from "../../world.ts";
import { isRestore } from "./deleted.ts";

const dialect = "cognitiveServices" as const;

export function accountCourse({ method, was, wanted, body, world }: Change): Course {
  if (!wanted) return { status: 200 };
  if (method === "PATCH")
    return isSmall(body, was) || isOfRegions(body, was) ? { status: 200 } : accepted(body, world);
  const headers = ["Azure-AsyncOperation"] as const;
  if (was) {
    // aso1 2 and 8: 6 s
    const operation = { dialect, headers, word: "Updating" };
    return { status: 200, state: "Accepted", seconds: 6, operation };
  }
  // soft 8: created at once, without headers
  if (isRestore(body) || isAtOnce(body["kind"])) return { status: 201 };
  const operation = { dialect, headers, word: "Creating" };
  const seconds = secondsOfCreation(String(body["kind"]), world);
  return { status: 201, state: "Creating", seconds, operation };
}

/** accounts 25: kinds that are made without an operation. */
const isAtOnce = (kind: unknown): boolean =>
  ["SpeechServices", "QnAMaker", "ComputerVision"].some((it) => same(it, String(kind)));

/** accounts 16: a few seconds, or one tick of half a minute, or up to four; AIServices mostly without. */
function secondsOfCreation(kind: string, world: World): number {
  const isFoundry = same(kind, "AIServices");
  const chance = world.random();
  if (chance < (isFoundry ? 0.8 : 0.4))
    return isFoundry ? world.between(1, 7) : world.between(0, 3);
  return chance < 0.9 ? world.between(31, 41) : world.between(59, 139);
}

/** crud 5: tags, an unchanged sku and empty properties are settled at once; nr 66: equal values are not. */
function isSmall(body: Body, was: Stored | undefined): boolean {
  const properties = body["properties"];
  const empty = !isObject(properties) || Object.keys(properties).length === 0;
  const same = (name: string) =>
    body[name] === undefined || JSON.stringify(body[name]) === JSON.stringify(was?.[name]);
  return empty && same("sku") && same("kind") && body["identity"] === undefined;
}

/** accounts 26: the regions of a kind that is made at once; whatever else it is sent was not recorded. */
function isOfRegions(body: Body, was: Stored | undefined): boolean {
  const changed = isObject(body["properties"]) ? Object.keys(body["properties"]) : [];
  const alone = changed.length === 1 && changed[0] === "locations";
  return alone && isAtOnce(was?.["kind"]) && body["identity"] === undefined;
}

/** nr, dla, PS 2022-10-19: 30 or 31 s mostly, 43 at most; identity 1 s; cdom 10: sub-domain 0 s. */
function accepted(body: Body, world: World): Course {
  const changed = isObject(body["properties"]) ? Object.keys(body["properties"]) : [];
  const isQuick = changed.every((it) => it === "customSubDomainName");
  const tick = world.random() < 0.85 ? 30 : world.between(31, 43);
  const seconds = isQuick ? Number(changed.length === 0) : tick;
  const operation = { dialect, word: "Updating" };
  return { status: 202, state: "Accepted", seconds, operation };
}
