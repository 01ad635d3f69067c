import type { Body } from "./answers.ts";
import type { Call } from "./call.ts";
import { precise, same } from "./merge.ts";
import { type Grant, grantFor } from "./roles.ts";
import type { World } from "./world.ts";

/** An Event Grid event of the topic type Microsoft.Resources.Subscriptions. */
export type EventGridEvent = Readonly<{
  id: string;
  topic: string;
  subject: string;
  eventType: string;
  eventTime: string;
  dataVersion: string;
  metadataVersion: string;
  data: Body;
}>;

/** `action` is what authorization asked for: `Microsoft.CognitiveServices/accounts/write`. */
export type Happening = Readonly<{
  call: Call;
  subject: string;
  action: string;
  succeeded: boolean;
  created: boolean;
}>;

const verbs = { write: "Write", delete: "Delete", action: "Action" };

/** The recorded shape (events.json); what differs there from event to event is chosen by the seed. */
export function changeEvent(it: Happening, world: World): EventGridEvent {
  const { call, action } = it;
  const subject = it.subject;
  const verb = verbs[action.slice(action.lastIndexOf("/") + 1).toLowerCase() as keyof typeof verbs];
  const subscription = call.target.subscription;
  return {
    id: world.guid(),
    topic: `/subscriptions/${subscription}`,
    subject:
      world.random() < 0.5 ? subject.replace("/resourceGroups/", "/resourcegroups/") : subject,
    eventType: `Microsoft.Resources.Resource${verb}${it.succeeded ? "Success" : "Failure"}`,
    eventTime: precise(world.now()),
    dataVersion: "2",
    metadataVersion: "1",
    data: {
      authorization: authorizationOf(it, world),
      claims: claimsOf(call, world),
      correlationId: call.correlationId,
      ...httpRequestOf(it, world),
      resourceProvider: action.slice(0, action.indexOf("/")),
      resourceUri: subject,
      operationName: action,
      status: it.succeeded ? "Succeeded" : "Failed",
      subscriptionId: subscription,
      tenantId: call.principal?.tenantId ?? "",
    },
  };
}

/** Official samples: absent on create, full on update and delete; a real create carried `{}`. */
function httpRequestOf({ call, created }: Happening, world: World): Body {
  if (created) return world.random() < 0.5 ? {} : { httpRequest: {} };
  return {
    httpRequest: {
      clientRequestId: call.headers["x-ms-client-request-id"] ?? call.requestId,
      clientIpAddress: "127.0.0.1",
      method: call.method,
      url: `https://management.azure.com${call.raw}`,
    },
  };
}

/** Keys in either case (one real event has capitals), GUIDs without dashes. */
function authorizationOf({ call, action, subject }: Happening, world: World): Body {
  const grant = call.principal && grantFor(world, call.principal, action, subject);
  const found = { scope: subject, action, evidence: grant ? evidenceOf(grant) : {} };
  return world.random() < 0.5 ? found : (capitals(found) as Body);
}

function evidenceOf({ role, assignment, scope }: Grant): Body {
  const bare = (guid: unknown) => String(guid).replaceAll("-", "");
  return {
    role: role.name,
    roleAssignmentScope: scope,
    roleAssignmentId: bare(assignment.name),
    roleDefinitionId: bare(role.id),
    principalId: bare(assignment.properties["principalId"]),
    principalType: assignment.properties["principalType"],
  };
}

/** All values are strings; the long names are those of the recorded events. */
function claimsOf(call: Call, world: World): Body {
  const who = call.principal;
  const sent = world.directory.read(bearer(call)) ?? {};
  const schemas = "http://schemas.microsoft.com/identity/claims";
  const soap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
  const claims: Body = {
    ...Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)])),
    [`${schemas}/objectidentifier`]: who?.objectId,
    [`${schemas}/tenantid`]: who?.tenantId,
    ...(who?.upn !== undefined && { [`${soap}/upn`]: who.upn, [`${soap}/name`]: who.upn }),
  };
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => !["oid", "tid", "upn"].some((it) => same(it, name))),
  );
}

/** The token of the Authorization header, "" when there is none. */
export function bearer(call: Call): string {
  return /^Bearer (.+)$/i.exec(call.headers["authorization"] ?? "")?.[1] ?? "";
}

function capitals(it: unknown): unknown {
  if (typeof it !== "object" || it === null) return it;
  return Object.fromEntries(
    Object.entries(it).map(([key, value]) => [
      key.slice(0, 1).toUpperCase() + key.slice(1),
      capitals(value),
    ]),
  );
}
