import { type Answer, type Body, bare } from "../answers.ts";
import { parsePath } from "../ids.ts";
import { type Change, type Kind, type Stored, stateless } from "../kinds.ts";
import { omit, same } from "../merge.ts";
import type { World } from "../world.ts";
import { categoriesOf, diagnosticCategories, insightsId } from "./diagnostic-categories.ts";
import { objectsIn } from "./network/common.ts";

const sinks = [
  "storageAccountId",
  "serviceBusRuleId",
  "workspaceId",
  "eventHubAuthorizationRuleId",
  "eventHubName",
];

const settingType = "Microsoft.Insights/diagnosticSettings";

/** Sources: recorded (ASO DiagnosticSetting 10 to 15, CLI monitor_diagnostic_settings 10 to 15). PUT is 200 always. */
const diagnosticSettings: Kind = {
  type: settingType,
  versions: ["2016-09-01", "2017-05-01-preview", "2021-05-01-preview"],
  verbs: ["GET", "LIST", "PUT", "DELETE"],
  inState: stateless,
  complete: (wanted) => ({ ...wanted, properties: completed(wanted.properties) }),
  refuse: refuseSetting,
  course: ({ wanted }) => ({
    status: 200,
    answered: (shown) =>
      wanted ? { ...shown, location: null, properties: wanted.properties } : undefined,
  }),
  absent: ({ name }, verb) =>
    verb === "DELETE"
      ? undefined
      : bare(404, "ResourceNotFound", `The diagnostic setting '${name}' doesn't exist.`),
  show: (it, _version, world) => showSetting(it, world),
};

/** Every key is there, null where nothing was sent. */
function completed(sent: Body): Body {
  const nulls = Object.fromEntries(sinks.map((key) => [key, sent[key] ?? null]));
  const { metrics, logs, logAnalyticsDestinationType = null } = sent;
  return {
    ...nulls,
    metrics: objectsIn(metrics).map((it) => entry(it, { category: null })),
    logs: objectsIn(logs).map((it) => entry(it, { category: null, categoryGroup: null })),
    logAnalyticsDestinationType,
  };
}

const entry = (sent: Body, keys: Body): Body => ({
  ...keys,
  ...omit(sent, ["retentionPolicy"]),
  enabled: sent["enabled"] === true,
  retentionPolicy: { enabled: false, days: 0, ...Object(sent["retentionPolicy"]) },
});

/** Beside what was sent a GET shows what is off, and where the resource is (ASO 11; not in CLI 12 of 2024-02). */
function showSetting(it: Stored, world: World): Body {
  const scope = parsePath(it.id).scope;
  const off = (names: readonly string[], sent: unknown, keys: Body): Body[] => {
    const known = objectsIn(sent).map((one) => one["category"]);
    const missing = names.filter((name) => !known.includes(name));
    return missing.map((category) => entry({ category, enabled: false }, keys));
  };
  const { metrics, logs } = it.properties;
  const categories = categoriesOf(parsePath(scope).type);
  const isGrouped = objectsIn(logs).some((one) => one["categoryGroup"] !== null);
  const more = isGrouped
    ? []
    : off(categories?.logs ?? [], logs, { category: null, categoryGroup: null });
  return {
    id: insightsId(it.id),
    type: settingType,
    name: it.name,
    location: world.get(scope)?.location ?? null,
    kind: null,
    tags: null,
    properties: {
      ...it.properties,
      metrics: [
        ...objectsIn(metrics),
        ...off(categories?.metrics ?? [], metrics, { category: null }),
      ],
      logs: [...objectsIn(logs), ...more],
    },
    identity: null,
  };
}

/** Public texts, bare like the recorded 404. */
function refuseSetting(change: Change): Answer | undefined {
  const { wanted } = change;
  if (!wanted) return undefined;
  if (sinks.every((key) => wanted.properties[key] === null))
    return bare(400, "BadRequest", "At least one data sink needs to be specified.");
  const known = categoriesOf(parsePath(parsePath(wanted.id).scope).type);
  const foreign = objectsIn(wanted.properties["logs"]).find(
    ({ category }) => known && typeof category === "string" && !known.logs.includes(category),
  );
  if (foreign)
    return bare(400, "BadRequest", `Category '${foreign["category"]}' is not supported.`);
  return refuseSink(change, wanted);
}

/** A sink takes a category of a resource from one setting only. */
function refuseSink({ world }: Change, wanted: Stored): Answer | undefined {
  const others = world
    .children(parsePath(wanted.id).scope, settingType)
    .filter((it) => !same(it.id, wanted.id));
  for (const other of others)
    for (const sink of sinks.slice(0, 4)) {
      const used = wanted.properties[sink];
      const twice = enabledIn(wanted).find((it) => enabledIn(other).includes(it));
      if (typeof used === "string" && twice && same(used, String(other.properties[sink])))
        return bare(
          409,
          "Conflict",
          `Data sink '${used}' is already used in diagnostic setting '${other.name}' for category '${twice}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
        );
    }
  return undefined;
}

const enabledIn = ({ properties }: Stored): string[] =>
  [...objectsIn(properties["logs"]), ...objectsIn(properties["metrics"])]
    .filter((it) => it["enabled"] === true)
    .map((it) => String(it["category"] ?? it["categoryGroup"]));

export const diagnosticSettingsKinds: readonly Kind[] = [diagnosticSettings, diagnosticCategories];
