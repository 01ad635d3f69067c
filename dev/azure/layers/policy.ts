import type { Answer } from "../answers.ts";
import type { Call, Layer, Request } from "../call.ts";
import { same } from "../merge.ts";
import { identityOf, type Policy, policiesFor, seenBy } from "../policy/assignments.ts";
import { holds } from "../policy/conditions.ts";
import { deployLater } from "../policy/deploy.ts";
import { resultOf, type Subject } from "../policy/fields.ts";
import { type Draft, modified } from "../policy/modify.ts";
import { disallowed } from "../policy/violation.ts";
import type { World } from "../world.ts";

/**
 * Azure Policy on writes of resources: modify rewrites the request, deny looks at what it would make of
 * the resource (403), deployIfNotExists comes back later with an identity of its own. Not simulated:
 * deletes and actions, initiatives, management groups, other effects (providers/policy-definitions.ts refuses them).
 */
export function createPolicy(send: (request: Request) => void): Layer {
  return (call, through, world) => {
    const policies = policiesOn(call, world);
    if (policies.length === 0) return through(call);
    const draft = draftOf(call, world);
    const body = rewritten(draft, policies);
    const subject = draft.result(body);
    const hit = policies.filter((it) => holds(it.condition, seenBy(it, subject, call.version)));
    const denying = hit.filter((it) => it.effect === "deny");
    if (denying.length > 0) return disallowed(subject, denying, call.version);
    const answer = through({ ...call, body });
    const later = isDone(answer) ? hit.filter((it) => deploys(it, call)) : [];
    for (const it of later) deployLater(it, call.target.id, world, send);
    return answer;
  };
}

const isDone = ({ status }: Answer): boolean => status > 0 && status < 400;

function policiesOn({ method, target, body, kind }: Call, world: World): Policy[] {
  if (!kind || !body || target.name === undefined) return [];
  const isPolicy = target.type.toLowerCase().startsWith("microsoft.authorization/policy");
  if ((method !== "PUT" && method !== "PATCH") || kind.serve?.[method] || isPolicy) return [];
  return policiesFor(target.id, kind, world);
}

/** What it deploys itself does not set it off again. */
function deploys({ effect, assignment }: Policy, { principal }: Call): boolean {
  return effect === "deployifnotexists" && !same(identityOf(assignment), principal?.objectId);
}

function draftOf({ method, target, body, version, kind }: Call, world: World): Draft {
  const isPatch = method === "PATCH";
  const was = isPatch ? world.get(target.id) : undefined;
  const { id, name = "" } = target;
  const type = kind?.shownType ?? kind?.type ?? target.type;
  return {
    body: body ?? {},
    apiVersion: version,
    isPatch,
    result: (it): Subject => resultOf(it, was, { id, type, name }),
  };
}

function rewritten(draft: Draft, policies: readonly Policy[]) {
  return policies
    .filter((it) => it.effect === "modify")
    .reduce((body, it) => {
      const subject = draft.result(body);
      const isHit = holds(it.condition, seenBy(it, subject, draft.apiVersion));
      return isHit ? modified({ ...draft, body }, it) : body;
    }, draft.body);
}
