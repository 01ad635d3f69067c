import { type Answer, type Body, bare, list } from "../answers.ts";
import type { Call } from "../call.ts";
import { unknownType } from "../existence.ts";
import { parsePath } from "../ids.ts";
import { type Kind, view } from "../kinds.ts";
import { omit, same } from "../merge.ts";

type Categories = Readonly<{ logs: readonly string[]; metrics: readonly string[] }>;

const all = ["AllMetrics"];

/** Security groups and networks: recorded; the others: azure-docs monitor supported-logs. */
const byType: Readonly<Record<string, Categories>> = {
  "microsoft.network/networksecuritygroups": {
    logs: ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"],
    metrics: [],
  },
  "microsoft.network/virtualnetworks": { logs: ["VMProtectionAlerts"], metrics: all },
  "microsoft.cognitiveservices/accounts": {
    logs: ["Audit", "RequestResponse", "AzureOpenAIRequestUsage", "Trace"],
    metrics: all,
  },
  "microsoft.search/searchservices": { logs: ["OperationLogs"], metrics: all },
};

/** What a type can be told to send; undefined: not known here. */
export const categoriesOf = (type: string): Categories | undefined => byType[type.toLowerCase()];

/** The scope in small letters, down to `resourcegroups`; the setting's own name as it is. */
export function insightsId(id: string): string {
  const { scope, type, name } = parsePath(id);
  return `${scope.toLowerCase()}/providers/microsoft.insights/${type.split("/")[1]}/${name}`;
}

const type = "microsoft.insights/diagnosticSettingsCategories";

export const diagnosticCategories: Kind = view(
  "Microsoft.Insights/diagnosticSettingsCategories",
  ["2017-05-01-preview", "2021-05-01-preview"],
  {
    LIST: (call) => answer(call, list),
    GET: (call) =>
      answer(call, (rows) => {
        const found = rows.find((it) => same(String(it["name"]), call.target.name));
        return found ? { status: 200, body: found } : absent(call);
      }),
  },
);

/** 2017-05-01-preview was recorded; newer ones answer as described, without these. */
const older = ["location", "kind", "tags", "identity"];

function answer(call: Call, from: (rows: Body[]) => Answer): Answer {
  const { scope } = call.target;
  const known = categoriesOf(parsePath(scope).type);
  if (!known) return unknownType(call.target, call.version);
  const all = [...rows(scope, known.metrics, "Metrics"), ...rows(scope, known.logs, "Logs")];
  return from(call.version < "2018" ? all : all.map((it) => omit(it, older)));
}

/** Recorded (CLI monitor_diagnostic_settings 8, 9). */
const rows = (scope: string, names: readonly string[], categoryType: string): Body[] =>
  names.map((name) => ({
    id: insightsId(`${scope}/providers/Microsoft.Insights/diagnosticSettingsCategories/${name}`),
    type,
    name,
    location: null,
    kind: null,
    tags: null,
    properties: { categoryType },
    identity: null,
  }));

/** Not recorded: bare, as that of a setting. */
const absent = ({ target }: Call): Answer =>
  bare(404, "ResourceNotFound", `The diagnostic category '${target.name}' doesn't exist.`);
