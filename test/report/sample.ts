import type { AuditRecord, Entry } from "../../src/model/audit-record.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { ResourceId } from "../../src/model/resource-id.ts";
import type { BatchResult } from "../../src/pipeline/sweep.ts";
import type { ReportInput } from "../../src/report/report.ts";
import { rules } from "../../src/rules/index.ts";

export const group =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ai/providers";
export const idOf = (tail: string) => `${group}/${tail}` as ResourceId;
export const chat = idOf("Microsoft.CognitiveServices/accounts/contoso-chat");
export const cluster = idOf(
  "Microsoft.MachineLearningServices/workspaces/research/computes/gpu-cluster",
);
export const at = "2026-11-24T06:10:00.000Z";
const publicAccess = "account-public-network-access-disabled";

export const finding = (more: Partial<Finding> = {}): Finding => ({
  id: "0123456789abcdef",
  ruleId: publicAccess,
  severity: "critical",
  title: "Public network access of the account is disabled",
  resourceId: chat,
  resourceType: "microsoft.cognitiveservices/accounts",
  verdict: { status: "violation", because: "Public network access is Enabled." },
  decision: {
    do: "hold",
    because: "It was open before Airlock came: a first closing waits for a person.",
  },
  objections: [],
  plan: {
    ruleId: publicAccess,
    resourceId: chat,
    resourceType: "microsoft.cognitiveservices/accounts",
    impact: "may-cut-callers",
    because: "Public network access is Enabled.",
    steps: [
      {
        title: "Disable public network access",
        request: {
          method: "PATCH",
          url: `${chat}?api-version=2025-06-01`,
          body: { properties: { publicNetworkAccess: "Disabled" } },
        },
      },
    ],
  },
  shown: "shown-1",
  since: "2026-11-20T09:00:00.000Z",
  ...more,
});

type StepEntry = Extract<Entry, { step: number }>;
type Head = Required<Pick<StepEntry, "schema" | "recordId" | "at" | "runId" | "resourceId">> &
  Required<Pick<StepEntry, "ruleId" | "remediationId" | "step" | "title">>;
type Told<It> = It extends unknown ? Omit<It, keyof Head> & Partial<Head> : never;

const head: Head = {
  schema: 1,
  recordId: "record",
  at: "2026-11-23T10:00:00.000Z",
  runId: "run",
  resourceId: chat,
  ruleId: publicAccess,
  remediationId: "remediation-1",
  step: 0,
  title: "Disable public network access",
};

/** Records of one chain, in their order. */
export const chainOf = (...told: readonly Told<StepEntry>[]): readonly AuditRecord[] =>
  told.map((it, i) => recordOf({ ...head, ...it } as Entry, i + 1));

export const recordOf = (entry: Entry, sequence: number): AuditRecord => ({
  sequence,
  previous: `hash-${sequence - 1}`,
  hash: `hash-${sequence}`,
  entry,
});

export const intended = {
  action: "intended",
  request: {
    method: "PATCH",
    url: `${chat}?api-version=2025-06-01`,
    body: { properties: { publicNetworkAccess: "Disabled" } },
  },
  before: { properties: { publicNetworkAccess: "Enabled" } },
  because: "Public network access is Enabled.",
  seen: [{ claimedBy: "dana@contoso.com", ipAddress: "203.0.113.7" }],
} as const;
export const applied = { action: "applied", status: 202 } as const;
export const verified = {
  action: "verified",
  at: "2026-11-23T10:00:43.000Z",
  after: { properties: { publicNetworkAccess: "Disabled" } },
} as const;

export const answered = recordOf(
  {
    schema: 1,
    recordId: "answer",
    at: "2026-11-23T09:00:00.000Z",
    runId: "run",
    resourceId: cluster,
    action: "approved",
    by: "lee (command line)",
    reason: "The team agreed",
    shown: "shown-1",
  },
  9,
);

const swept: BatchResult = {
  resources: [
    {
      resourceId: chat,
      resourceType: "microsoft.cognitiveservices/accounts",
      verdicts: { [publicAccess]: "violation" },
    },
    {
      resourceId: idOf("Microsoft.CognitiveServices/accounts/contoso-vision"),
      resourceType: "microsoft.cognitiveservices/accounts",
      verdicts: { [publicAccess]: "compliant" },
    },
    {
      resourceId: cluster,
      resourceType: "microsoft.machinelearningservices/workspaces/computes",
      verdicts: {
        "cluster-node-public-ip-disabled": "unknown",
        "instance-node-public-ip-disabled": "not-applicable",
      },
    },
  ],
  notEvaluated: [
    {
      resourceId: idOf("Microsoft.Search/searchServices/contoso-search"),
      because: "It is being worked on.",
    },
  ],
};

export const empty: ReportInput = {
  sweepId: "2026-11-24T06:00:00.000Z~weekly",
  at,
  subscriptions: ["11111111-2222-3333-4444-555555555555"],
  rules,
  resources: [],
  findings: [],
  activity: [],
  notEvaluated: [],
};

export const sample: ReportInput = {
  ...empty,
  ...swept,
  findings: [
    finding({
      id: "fedcba9876543210",
      ruleId: "cluster-node-public-ip-disabled",
      title: "The nodes of the cluster have no public IP address",
      resourceId: cluster,
      resourceType: "microsoft.machinelearningservices/workspaces/computes",
      verdict: { status: "unknown", because: "Could not read workspace: Forbidden" },
      decision: { do: "report", because: "Could not read workspace: Forbidden" },
    }),
    finding(),
  ],
  activity: [...chainOf(intended, applied, verified), answered],
};
