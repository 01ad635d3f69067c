import type { Answer, Body } from "./answers.ts";
import type { Dialect, LroHeader, Operation, OperationError } from "./dialects.ts";

const ok = (body: Body): Answer => ({ status: 200, body });
const status = "mfeOperationsStatus";
const results = "mfeOperationResults";

/** `word` is the operation's whole name, `oe:{workspace}:{guid}`: endpoints show it in their body. */
const path = (it: Operation, kind: string) =>
  `/subscriptions/${it.subscription}/providers/Microsoft.MachineLearningServices/locations/${it.location}/${kind}/${it.word}`;
const address = (it: Operation, kind: string) => `${path(it, kind)}?api-version=${it.version}`;

/** batch 2: those of batch endpoints, since they have a prefix of their own. */
const isBatch = (it: Operation): boolean => it.word.startsWith("bebes:");

/** F2; PS Jun 2022: 100 at the end, PS Jul 2024: 0.0; batch 2: no times. */
const body = (it: Operation, word: string, kind = status): Body => ({
  id: path(it, kind),
  name: it.word,
  ...(!isBatch(it) && times(it)),
  status: word,
});

const times = (it: Operation): Body => ({
  startTime: it.startedAt.toISOString(),
  ...(it.endedAt && { endTime: it.endedAt.toISOString() }),
  percentComplete: it.endedAt && it.version < "2024" ? 100.0 : 0.0,
});

/** batch 2: once it is over, Location knows nothing of it. Not recorded: before. */
function noResult(it: Operation): Answer {
  const digits = it.id.replaceAll("-", "");
  const told = {
    ComponentName: "managementfrontend",
    Correlation: { operation: digits, request: digits.slice(0, 16) },
    Environment: it.location,
    Location: it.location,
    Time: it.endedAt?.toISOString().replace("Z", "0000+00:00"),
    InnerError: { code: "NotFound", innerError: null },
    MessageFormat: "Resource {dataName} not found",
    MessageParameters: { dataName: it.word },
  };
  const error = {
    code: "UserError",
    message: `Resource ${it.word} not found`,
    details: [],
    additionalInfo: Object.entries(told).map(([type, value]) => ({ type, info: { value } })),
  };
  return { status: 404, headers: { "x-ms-response-type": "error" }, body: { error } };
}

/** batch 1. An error has no code: that stands before its message. Not recorded: below Location, and of deployments. */
function failed(it: Operation, { code, message: text }: OperationError, role: LroHeader): Answer {
  const message = `${code}: ${text}`;
  const target = it.target.replace(/\/batchEndpoints\//i, "/onlineEndpoints/");
  const info = {
    id: it.word.split(":").at(-1),
    operationType: it.word.startsWith("od") ? "Deployment" : "OnlineEndpoint",
    state: "Failed",
    createdTime: it.startedAt.toISOString(),
    endTime: it.endedAt?.toISOString(),
    error: { message },
    resourceLocation: `/modelmanagement/v1.0${target}`,
    operationLog: "",
    parentRequestId: it.id,
  };
  const error = { message, details: [], additionalInfo: [{ type: "MmsOperation", info }] };
  return ok({ error, ...body(it, "Failed", role === "Location" ? results : status) });
}

/** The running word is Updating for every verb; `mfeOperationResults` returns the same body, under 202. */
export const endpoints: Dialect = {
  asyncAddress: (it) => address(it, status),
  locationAddress: (it) => address(it, results),
  signed: true,
  headers: { "x-ms-async-operation-timeout": "PT30M" },
  running: (it) => ok(body(it, "Updating")),
  succeeded: (it) => ok(body(it, "Succeeded")),
  failed,
  located: {
    running: (it) => ({ status: 202, body: body(it, "Updating", results) }),
    ended: (it) => (isBatch(it) ? noResult(it) : ok(body(it, "Succeeded", results))),
  },
};

/** cancel 1: Location only, by the job's name. Not recorded: what it answers, here as specified. */
export const jobCancels: Dialect = {
  locationAddress: (it) => address(it, results),
  signed: true,
  headers: { "x-ms-async-operation-timeout": "PT1H" },
  running: () => ({ status: 202 }),
  succeeded: () => ({ status: 200 }),
};
