import { type Answer, failure } from "../answers.ts";
import type { Call, Layer } from "../call.ts";
import { bearer } from "../events.ts";
import type { Claims, Principal } from "../principals.ts";
import type { World } from "../world.ts";

/** 401 for a missing, foreign or expired token, and for one that is meant for others. Public texts; not recorded. */
export const authentication: Layer = (call, through, world) => {
  if (call.method === "GET" && call.kind?.readBy === "anyone") return through(call);
  const token = bearer(call);
  if (token === "")
    return unauthorized(
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    );
  const claims = world.directory.read(token);
  const principal = claims && world.directory.find(claims.oid);
  if (!claims || !principal)
    return unauthorized("InvalidAuthenticationToken", "The access token is invalid.");
  const refused =
    refuseAudience(claims, call) ??
    refuseTenant(principal, call, world) ??
    refuseLate(claims, world);
  return refused ?? through({ ...call, principal });
};

/** Besides them the address of this Azure itself, which clients ask for as they ask for Azure's. */
const audiences = [
  "https://management.core.windows.net/",
  "https://management.core.windows.net",
  "https://management.azure.com/",
  "https://management.azure.com",
];

function refuseAudience({ aud }: Claims, { origin }: Call): Answer | undefined {
  if ([...audiences, origin, `${origin}/`].includes(aud)) return undefined;
  const allowed = audiences.map((it) => `'${it}'`).join(",");
  return unauthorized(
    "InvalidAuthenticationTokenAudience",
    `The access token has been obtained for wrong audience or resource '${aud}'. It should exactly match with one of the allowed audiences ${allowed}.`,
  );
}

/** The subscriptions of this Azure are all in the tenant of whom it knew first. */
function refuseTenant({ tenantId }: Principal, { target }: Call, world: World): Answer | undefined {
  const home = world.directory.all()[0]?.tenantId ?? tenantId;
  if (target.subscription === "" || tenantId === home) return undefined;
  return unauthorized(
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://sts.windows.net/${tenantId}/'. It must match the tenant 'https://sts.windows.net/${home}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${home}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
  );
}

function refuseLate({ exp }: Claims, world: World): Answer | undefined {
  if (exp * 1000 > world.now().getTime()) return undefined;
  const [expiry, now] = [new Date(exp * 1000).toISOString(), world.now().toISOString()];
  return unauthorized(
    "ExpiredAuthenticationToken",
    `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${now}'.`,
  );
}

function unauthorized(code: string, message: string): Answer {
  return failure(401, code, message, {
    "x-ms-failure-cause": "gateway",
    "www-authenticate": `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${message}"`,
  });
}
