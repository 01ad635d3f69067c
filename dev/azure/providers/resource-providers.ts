import { type Answer, type Body, gateway, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { displayNames } from "../display-names.ts";
import { type Kind, shownType, view } from "../kinds.ts";
import { same } from "../merge.ts";

type Offer = Readonly<{ namespace: string; resourceTypes: readonly Body[] }>;

/**
 * Which types there are, at which api-versions: `az resource` takes the version from here. Tells what
 * this Azure serves, newest first, every namespace registered (recorded: CLI
 * test_provider_registration, here without the ids of applications).
 */
export function resourceProviderKinds(
  simulated: readonly Kind[],
  versions: readonly string[],
): Kind[] {
  const offers = offersOf(simulated);
  const lists = {
    LIST: ({ target }: Call) => list(offers.map((it) => shown(it, target.parent))),
    GET: ({ target }: Call) => found(offers, target.name ?? "", target.parent),
  };
  return [
    { ...view("Microsoft.Resources/providers", versions, lists), readBy: "everyone" },
    view("Microsoft.Resources/subscriptions/providers", versions, lists),
    ...offers.map((it) =>
      view(`${it.namespace}/register`, versions, {
        POST: ({ target }) => ({ status: 200, body: shown(it, target.parent) }),
      }),
    ),
  ];
}

function offersOf(simulated: readonly Kind[]): Offer[] {
  const types = new Map<string, Body[]>();
  for (const kind of simulated.filter((it) => it.readBy !== "anyone"))
    for (const type of new Set([kind.type, shownType(kind)])) {
      const [namespace = "", ...names] = type.split("/");
      const known = types.get(namespace) ?? [];
      types.set(namespace, [...known, offered(kind, names.join("/"))]);
    }
  return [...types]
    .map(([namespace, resourceTypes]) => ({ namespace, resourceTypes }))
    .sort((one, other) => (one.namespace < other.namespace ? -1 : 1));
}

/** In which regions a type is there was not recorded: in all, or "global". */
function offered(kind: Kind, resourceType: string): Body {
  const isGlobal = /^privateDnsZones/i.test(resourceType);
  return {
    resourceType,
    locations: isGlobal ? ["global"] : kind.tracked ? displayNames : [],
    apiVersions: [...kind.versions].sort().reverse(),
    capabilities: kind.tracked ? "SupportsTags, SupportsLocation" : "None",
  };
}

/** azure-docs resource-providers-and-types: registered in every subscription. */
const free = ["Microsoft.Authorization", "Microsoft.ResourceGraph", "Microsoft.Resources"];

function shown({ namespace, resourceTypes }: Offer, scope: string): Body {
  return {
    id: `${scope}/providers/${namespace}`,
    namespace,
    resourceTypes,
    registrationState: "Registered",
    registrationPolicy: free.includes(namespace) ? "RegistrationFree" : "RegistrationRequired",
  };
}

/** Public text; the mark says that the real Azure may know the namespace. */
function found(offers: readonly Offer[], name: string, scope: string): Answer {
  const offer = offers.find((it) => same(it.namespace, name));
  if (offer) return { status: 200, body: shown(offer, scope) };
  const text = `The resource namespace '${name}' is invalid.`;
  const refused = gateway(404, "InvalidResourceNamespace", text);
  return { ...refused, headers: { ...refused.headers, "x-not-simulated": "namespace" } };
}
