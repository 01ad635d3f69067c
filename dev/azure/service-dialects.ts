import type { Answer, Body } from "./answers.ts";
import type { Dialect, Operation } from "./dialects.ts";

const ok = (body: Body): Answer => ({ status: 200, body });
const provider = (it: Operation, space: string) =>
  `/subscriptions/${it.subscription}/providers/${space}/locations/${it.location}`;

const sqlAddress = (it: Operation, path: string) =>
  `/subscriptions/${it.subscription}/resourceGroups/${it.group}/providers/Microsoft.Sql/locations/${it.location}/${path}/${it.id}?api-version=${it.version}`;
const sqlBody = (it: Operation, status: string): Body => ({
  name: it.id,
  status,
  startTime: it.startedAt.toISOString(),
});

/** Services that others depend on; each was recorded. */
export const serviceDialects = {
  /** Location only: 202 empty, then the whole account (manners 1.13). */
  storage: {
    locationAddress: (it) =>
      `${provider(it, "Microsoft.Storage")}/asyncoperations/${it.id}?monitor=true&api-version=${it.version}`,
    signed: true,
    retryAfter: (polls) => (polls === 0 ? 17 : 3),
    running: () => ({ status: 202 }),
    succeeded: (it) => it.result(),
  },
  /** Recorded (CLI private_endpoint_connection_acr 11, 12; manners 1.2): below the registry itself. */
  containerRegistry: {
    asyncAddress: (it) =>
      `${it.target}/operationStatuses/registries-${it.id}?api-version=${it.version}`,
    locationAddress: (it) =>
      `${provider(it, "Microsoft.ContainerRegistry")}/operationResults/registries-${it.id}?api-version=${it.version}`,
    signed: true,
    retryAfter: () => 10,
    running: (it) => ok({ status: it.word }),
    succeeded: () => ok({ status: "Succeeded" }),
    located: { running: () => ({ status: 202 }), ended: () => ({ status: 200 }) },
  },
  /** Recorded (CLI sql_server 2 to 9): the operation's own times, no id; Retry-After 1, on DELETE 15. */
  sql: {
    asyncAddress: (it) => sqlAddress(it, "serverAzureAsyncOperation"),
    locationAddress: (it) => sqlAddress(it, "serverOperationResults"),
    signed: true,
    retryAfter: () => 1,
    running: (it) => ok(sqlBody(it, "InProgress")),
    succeeded: (it) => ok(sqlBody(it, "Succeeded")),
  },
} satisfies Readonly<Record<string, Dialect>>;
