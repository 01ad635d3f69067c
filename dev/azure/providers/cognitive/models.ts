import type { Body } from "../../answers.ts";
import { list } from "../../answers.ts";
import { type Kind, view } from "../../kinds.ts";
import { same } from "../../merge.ts";
import { cognitiveVersions } from "./common.ts";

type Model = Readonly<{
  format: string;
  name: string;
  version: string;
  capabilities: Readonly<Record<string, string>>;
  /** Requests a unit of capacity, and in how many seconds. */
  requests: readonly [count: number, seconds: number];
  /** Nobody is offered it any more. */
  isRetired?: true;
}>;

/** What deployments of them showed: aso1 14 and 17, c7n 6 and 7, accounts 19. */
const models: readonly Model[] = [
  {
    format: "OpenAI",
    name: "gpt-4o",
    version: "2024-11-20",
    capabilities: {
      area: "US",
      chatCompletion: "true",
      assistants: "true",
      jsonSchemaResponse: "true",
      responses: "true",
      agentsV2: "true",
    },
    requests: [1, 10],
  },
  {
    format: "OpenAI",
    name: "gpt-4o",
    version: "2024-08-06",
    capabilities: {
      area: "US",
      chatCompletion: "true",
      assistants: "true",
      jsonSchemaResponse: "true",
      maxContextToken: "128000",
      maxOutputToken: "16384",
      responses: "true",
    },
    requests: [1, 10],
  },
  {
    format: "OpenAI",
    name: "gpt-4o-mini",
    version: "2024-07-18",
    capabilities: {
      area: "US",
      chatCompletion: "true",
      jsonObjectResponse: "true",
      maxContextToken: "128000",
      maxOutputToken: "16384",
      assistants: "true",
      responses: "true",
      agentsV2: "true",
    },
    requests: [10, 60],
  },
  {
    format: "OpenAI",
    name: "gpt-35-turbo",
    version: "0125",
    capabilities: {
      completion: "true",
      maxContextToken: "16385",
      maxOutputToken: "4096",
      chatCompletion: "true",
      assistants: "true",
    },
    requests: [1, 10],
  },
  // accounts 27
  {
    format: "OpenAI",
    name: "text-ada-001",
    version: "1",
    capabilities: { completion: "true", search: "true" },
    requests: [1, 10],
    isRetired: true,
  },
];

/** Of a model that was not recorded only this much is shown. */
const unknown: Pick<Model, "capabilities" | "requests"> = {
  capabilities: { area: "US" },
  requests: [1, 10],
};

/** accounts 19: capabilities hang on the version too; of a version that was not recorded, those of the newest. */
function modelOf({ name, version }: Body): Pick<Model, "capabilities" | "requests"> {
  const named = models.filter((it) => same(it.name, String(name)));
  return named.find((it) => it.version === version) ?? named[0] ?? unknown;
}

/** What the service adds to a deployment of a model. */
export function deployed(model: Body, capacity: number): Body {
  const { capabilities, requests } = modelOf(model);
  const [count, renewalPeriod] = requests;
  return {
    capabilities,
    currentCapacity: capacity,
    rateLimits: [
      { key: "request", renewalPeriod, count: count * capacity },
      { key: "token", renewalPeriod: 60, count: 1000 * capacity },
    ],
  };
}

/** `ratelimits` at 2023-05-01, against the specification (test_cognitiveservices_model 6). */
const skuOf = ({ name, requests }: Model, version: string): Body => ({
  name: "Standard",
  usageName: `OpenAI.Standard.${name}`,
  capacity: { maximum: 10000, default: 120 },
  deprecationDate: "2027-10-01T00:00:00Z",
  [version < "2024" ? "ratelimits" : "rateLimits"]: [
    { key: "request", renewalPeriod: requests[1], count: requests[0] },
    { key: "token", renewalPeriod: 60, count: 1000 },
  ],
});

/** test_cognitiveservices_model 6: the shape; which models there are changes by the month. */
const shown = (it: Model, version: string): Body => ({
  format: it.format,
  name: it.name,
  version: it.version,
  isDefaultVersion: modelOf({ name: it.name }) === it,
  skus: [skuOf(it, version)],
  maxCapacity: 3,
  capabilities: it.capabilities,
  deprecation: { inference: "2027-10-01T00:00:00Z" },
  lifecycleStatus: "GenerallyAvailable",
  systemData: {
    createdBy: "Microsoft",
    createdByType: "Application",
    createdAt: "2024-11-20T00:00:00Z",
    lastModifiedBy: "Microsoft",
    lastModifiedByType: "Application",
    lastModifiedAt: "2024-11-20T00:00:00Z",
  },
});

const offered = models.filter((it) => !it.isRetired);

/** Kinds without models of their own: an empty list, not recorded. */
export const accountModels: Kind = view(
  "Microsoft.CognitiveServices/accounts/models",
  cognitiveVersions.filter((it) => it >= "2022-10"),
  {
    LIST: ({ target, version }, world) => {
      const kind = String(world.get(target.parent)?.["kind"]);
      const has = ["OpenAI", "AIServices"].some((it) => same(it, kind));
      const few = list(has ? offered.map((it) => shown(it, version)) : []);
      return { ...few, headers: { "x-not-simulated": "catalogue" } };
    },
  },
);
