import { type Answer, failure, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { isWithin, parsePath, scopesOf } from "../ids.ts";
import { type Kind, type Stored, stateless } from "../kinds.ts";
import { omit, pick, same } from "../merge.ts";
import type { World } from "../world.ts";

const type = "Microsoft.Authorization/policyExemptions";

/**
 * Exemptions come with a loaded estate and are read; to write one takes an assignment of a policy, and
 * policies are not simulated. Shapes: specification.
 */
export const policyExemptions: Kind = {
  type,
  versions: ["2020-07-01-preview", "2022-07-01-preview", "2024-12-01-preview"],
  verbs: ["GET", "LIST"],
  inState: stateless,
  serve: { LIST: exemptionsAround },
  show: shown,
  absent: ({ name }) =>
    failure(404, "PolicyExemptionNotFound", `The policy exemption '${name}' is not found.`),
};

/** Known from 2022-07-01-preview on. */
const newer = ["resourceSelectors", "assignmentScopeValidation"];

function shown(it: Stored, version: string) {
  const properties = version < "2022" ? omit(it.properties, newer) : it.properties;
  return { properties, ...pick(it, ["systemData", "id", "type", "name"]) };
}

/** Specification, the filter of a list: without one, those above and below the scope too. */
function exemptionsAround(call: Call, world: World): Answer {
  const { scope, subscription } = call.target;
  const above = scopesOf(scope).flatMap((it) => world.children(it, type));
  const below = world
    .ofType(subscription, type)
    .filter((it) => isWithin(it.id, scope) && !above.includes(it));
  const asked = call.query.get("$filter")?.trim() ?? "";
  const chosen = choose(asked, { above, below, scope, now: world.now() });
  return chosen
    ? list(chosen.map((it) => shown(it, call.version)))
    : failure(400, "InvalidFilterInQueryString", `The filter '${asked}' is invalid.`);
}

type Found = Readonly<{ above: Stored[]; below: Stored[]; scope: string; now: Date }>;

function choose(filter: string, { above, below, scope, now }: Found): Stored[] | undefined {
  const [, assignment] = /^policyAssignmentId eq '([^']*)'$/i.exec(filter) ?? [];
  if (assignment !== undefined)
    return [...above, ...below].filter((it) =>
      same(String(it.properties["policyAssignmentId"]), assignment),
    );
  switch (filter.toLowerCase()) {
    case "":
      return [...above, ...below];
    case "atscope()":
      return above;
    case "atexactscope()":
      return above.filter((it) => same(parsePath(it.id).scope, scope));
    case "excludeexpired()":
      return above.filter((it) => !isOver(it.properties["expiresOn"], now));
    default:
      return undefined;
  }
}

const isOver = (expiresOn: unknown, now: Date): boolean =>
  typeof expiresOn === "string" && Date.parse(expiresOn) <= now.getTime();
