import { type Answer, type Body, failure } from "../answers.ts";
import type { Call } from "../call.ts";
import type { Change, Kind, Stored } from "../kinds.ts";
import { pick } from "../merge.ts";
import type { World } from "../world.ts";

/** Sources: manners 1.2, 1.11 and the spelling of `DisableLocalAuth`, which is absent until it is set; the rest by specification. */
const components: Kind = {
  type: "Microsoft.Insights/components",
  versions: ["2015-05-01", "2018-05-01-preview", "2020-02-02-preview", "2020-02-02"],
  tracked: true,
  readOnly: ["AppId", "ApplicationId", "InstrumentationKey", "ConnectionString", "CreationDate"],
  complete: completeComponent,
  refuse: refuseBeyondTags,
  course: () => ({ status: 200 }),
  show: (it) => ({
    ...pick(it, ["kind", "location", "tags", "properties"]),
    id: it.id.replace(/\/providers\/microsoft\.insights\//i, "/providers/microsoft.insights/"),
    name: it.name,
    type: "microsoft.insights/components",
  }),
};

function completeComponent(
  wanted: Stored,
  _was: Stored | undefined,
  world: World,
  call?: Call,
): Stored {
  if (!call) return wanted; // a row is what it says
  const [appId, key] = [world.guid(), world.guid()];
  const facts: Body = {
    ApplicationId: wanted.name,
    AppId: appId,
    Application_Type: "web",
    InstrumentationKey: key,
    ConnectionString: `InstrumentationKey=${key};ApplicationId=${appId}`,
    Name: wanted.name,
    CreationDate: world.now().toISOString(),
    RetentionInDays: 90,
    IngestionMode: "LogAnalytics",
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
  };
  return { kind: "web", tags: {}, ...wanted, properties: { ...facts, ...wanted.properties } };
}

/** Specification: PATCH takes tags. */
function refuseBeyondTags({ method, body }: Change): Answer | undefined {
  return method === "PATCH" && Object.keys(body).some((it) => it !== "tags")
    ? failure(400, "BadRequest", "Only tags can be changed.")
    : undefined;
}

export const insightsKinds: readonly Kind[] = [components];
