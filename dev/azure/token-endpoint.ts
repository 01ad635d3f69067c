import type { Answer } from "./answers.ts";
import type { Directory, Principal } from "./principals.ts";

/** azure-docs managed identity REST reference; the codes of refusals are not recorded. */
export function tokenAnswer(
  directory: Directory,
  principal: Principal,
  query: URLSearchParams,
  known: boolean,
): Answer {
  if (!known) return refused(401, "The X-IDENTITY-HEADER is missing or wrong.");
  if (query.get("api-version") !== "2019-08-01") return refused(400, "Unsupported api-version.");
  const resource = query.get("resource");
  if (resource === null) return refused(400, "The resource is missing.");
  const token = directory.token(principal);
  return {
    status: 200,
    headers: json,
    body: {
      access_token: token,
      expires_on: String(directory.read(token)?.exp),
      resource,
      token_type: "Bearer",
      client_id: principal.appId ?? "",
    },
  };
}

const json = { "content-type": "application/json" };

function refused(status: number, message: string): Answer {
  return { status, headers: json, body: { statusCode: status, message } };
}
