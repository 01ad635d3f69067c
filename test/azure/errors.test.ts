import { describe, expect, test } from "vitest";
import {
  errorFrom,
  errorOf,
  noAnswer,
  noToken,
  secondsOf,
  storageError,
} from "../../src/azure/errors.ts";
import type { ErrorKind } from "../../src/model/airlock-error.ts";

const envelope = (code: string, message = "…", more: object = {}): string =>
  JSON.stringify({ error: { code, message, ...more } });

const frontDoor =
  "<!DOCTYPE html><html><head><title>AzureResourceManager</title></head><body>Our services aren't available right now</body></html>";

/** Shapes as recorded; texts shortened. */
const recorded: readonly [string, number, string, ErrorKind, string?][] = [
  ["an account that is busy", 409, envelope("RequestConflict", "Another operation…"), "retry"],
  ["a network that is busy", 409, envelope("AnotherOperationInProgress"), "retry"],
  ["an ML compute that stops", 409, envelope("Conflict"), "retry"],
  ["a web app, capital letters", 409, '{"Code":"Conflict","Message":"Busy."}', "retry", "Conflict"],
  ["a bare 409", 409, "", "retry"],
  [
    "an endpoint on an account under way",
    400,
    envelope("AccountProvisioningStateInvalid"),
    "retry",
  ],
  ["a resource that is not ready", 400, envelope("ReferencedResourceNotProvisioned"), "retry"],
  [
    "a network 429, the reason in its details",
    429,
    envelope("RetryableError", "A retryable error occurred.", {
      details: [{ code: "ReferencedResourceNotProvisioned", message: "Cannot proceed." }],
    }),
    "retry",
    "ReferencedResourceNotProvisioned",
  ],
  ["a throttled identity", 429, envelope("429", "Retry after 2 seconds."), "retry", "429"],
  ["a 429 without words", 429, "", "retry"],
  ["a gateway that waited", 504, envelope("GatewayTimeout"), "retry", "GatewayTimeout"],
  ["Front Door's page", 503, frontDoor, "retry"],
  ["a request that took too long", 408, "", "retry"],
  ["ML's own 500", 500, envelope("ServiceError", "InternalServerError"), "retry", "ServiceError"],
  ["a page where a 404 should be", 404, frontDoor, "retry"],
  ["the same behind a byte order mark", 404, `\uFEFF${frontDoor}`, "retry"],
  ["a lock", 409, envelope("ScopeLocked", "The scope cannot perform write."), "denied"],
  ["a zone with links", 409, envelope("CannotDeleteResource", "Nested resources exist."), "denied"],
  ["a name that was deleted softly", 409, envelope("FlagMustBeSetForRestore"), "denied"],
  ["no right", 403, envelope("AuthorizationFailed", "…to perform action 'A'…"), "denied"],
  ["no right on what is linked", 403, envelope("LinkedAuthorizationFailed"), "denied"],
  ["a deny assignment", 403, envelope("DenyAssignmentAuthorizationFailed"), "denied"],
  ["an expired token", 401, envelope("ExpiredAuthenticationToken"), "denied"],
  ["a value that is not allowed", 400, envelope("NetworkAclsBypassNotSupported"), "invalid"],
  [
    "a record set that changed",
    412,
    '{"code":"PreconditionFailed","message":"The Record set exists already."}',
    "conflict",
    "PreconditionFailed",
  ],
  ["a subscription that is not there", 404, envelope("SubscriptionNotFound"), "stop"],
  ["a type that is not there", 404, envelope("InvalidResourceType"), "stop"],
  [
    "ML's long form with an inner error",
    400,
    envelope("UserError", "Registry not found", {
      details: [],
      innerError: { code: "NotFound", innerError: { code: "RegistryNotFound", innerError: null } },
    }),
    "invalid",
    "RegistryNotFound",
  ],
  [
    "ML's other long form",
    400,
    envelope("UserError", "The pipeline run is in terminal status.", {
      details: [],
      additionalInfo: [
        { type: "ComponentName", info: { value: "managementfrontend" } },
        { type: "InnerError", info: { value: { code: "BadArgument", innerError: null } } },
      ],
    }),
    "invalid",
    "BadArgument",
  ],
  ["a redirect", 307, "", "retry"],
];

describe.each(recorded)("%s", (_what, status, body, kind, code) => {
  test(`is ${kind}`, () => {
    const error = errorOf({ status, body }, false);
    const top = /"code":"(\w+)"/.exec(body)?.[1];
    expect(error).toMatchObject({ kind, code: code ?? top, isAmbiguous: false });
    expect(error.message).toContain(`HTTP ${status}`);
  });

  test("leaves the effect of a write open only where ARM may have acted", () => {
    expect(errorOf({ status, body }, true).isAmbiguous).toBe(status >= 500 || status === 408);
  });
});

test("a byte order mark hides nothing", () => {
  const error = errorOf({ status: 409, body: `\uFEFF${envelope("RequestConflict")}` }, true);
  expect(error).toMatchObject({ kind: "retry", code: "RequestConflict" });
});

test("a policy that refuses is named, wherever the answer has its name", () => {
  const policyAssignmentId = "/subscriptions/s/providers/x/policyAssignments/deny-public";
  const additionalInfo = [{ type: "PolicyViolation", info: { policyAssignmentId } }];
  const disallowed = { code: "RequestDisallowedByPolicy", message: "Disallowed.", additionalInfo };
  for (const error of [disallowed, { code: "InvalidTemplateDeployment", details: [disallowed] }]) {
    const told = errorOf({ status: 403, body: JSON.stringify({ error }) }, true);
    expect(told).toMatchObject({ kind: "denied", code: "RequestDisallowedByPolicy" });
    expect(told.message).toContain("deny-public");
  }
});

test("Retry-After is read as seconds and as a date", () => {
  expect(errorOf({ status: 429, body: "", retryAfter: "17" }, false).retryAfterSeconds).toBe(17);
  expect(secondsOf(new Date(Date.now() + 90_000).toUTCString())).toBeGreaterThan(80);
  expect(secondsOf(new Date(Date.now() - 90_000).toUTCString())).toBe(0);
  expect(secondsOf("soon")).toBeUndefined();
  expect(secondsOf("")).toBeUndefined();
  expect(errorOf({ status: 409, body: "" }, false).retryAfterSeconds).toBeUndefined();
});

test("signed addresses and tokens never reach a message", () => {
  const url = "https://management.azure.com:443/subscriptions/s/operations/o";
  const token = `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`;
  const message = `Use '${url}?api-version=1&t=6&c=MII&s=SECRET&h=x' with ${token}; AccountKey=SECRET==;`;
  for (const error of [
    errorOf({ status: 409, body: envelope("AnotherOperationInProgress", message) }, true),
    errorOf({ status: 400, body: message }, true),
    noAnswer(new Error(message), true),
    noToken(new Error(message)),
    errorFrom(Object.assign(new Error(message), { statusCode: 500 }), true),
  ]) {
    expect(error.message).not.toMatch(/SECRET|eyJ/);
    expect(error.message).toContain(url);
  }
});

test("no answer leaves a write open, and a read not", () => {
  expect(noAnswer(new Error("socket hang up"), true)).toMatchObject({
    kind: "retry",
    isAmbiguous: true,
  });
  expect(noAnswer(new Error("aborted"), false)).toMatchObject({
    kind: "retry",
    isAmbiguous: false,
  });
});

test("without a token nothing was sent", () => {
  const refused = Object.assign(new Error("invalid_client"), { statusCode: 401 });
  expect(noToken(refused)).toMatchObject({ kind: "denied", isAmbiguous: false });
  const away = noToken(new Error("The endpoint is not reachable."));
  expect(noAnswer(away, true)).toMatchObject({ kind: "retry", isAmbiguous: false });
});

test("storage: 409 and 412 mean another writer, all else as everywhere", () => {
  const of = (statusCode: number, code: string) =>
    storageError(Object.assign(new Error("…"), { statusCode, code }), true);
  expect(of(409, "EntityAlreadyExists").kind).toBe("conflict");
  expect(of(412, "UpdateConditionNotSatisfied").kind).toBe("conflict");
  expect(of(403, "AuthorizationPermissionMismatch")).toMatchObject({
    kind: "denied",
    code: "AuthorizationPermissionMismatch",
  });
  expect(of(503, "ServerBusy")).toMatchObject({ kind: "retry", isAmbiguous: true });
});
