import { type Answer, failure } from "../answers.ts";
import type { Layer } from "../call.ts";
import { bearer } from "../events.ts";

/** 401 for a missing, foreign or expired token. Public texts; not recorded. */
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
  if (claims.exp * 1000 <= world.now().getTime())
    return unauthorized(
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${new Date(claims.exp * 1000).toISOString()}' is earlier than current UTC time '${world.now().toISOString()}'.`,
    );
  return through({ ...call, principal });
};

function unauthorized(code: string, message: string): Answer {
  return failure(401, code, message, {
    "x-ms-failure-cause": "gateway",
    "www-authenticate": `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${message}"`,
  });
}
