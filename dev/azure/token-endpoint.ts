import type { Answer } from "./answers.ts";
import type { Directory, Principal } from "./principals.ts";

type Protocol = Readonly<{ header: string; expiresOn(seconds: number): string }>;

/** The protocols of App Service by api-version; the Azure CLI before 2.73 speaks the older one. */
const protocols: Readonly<Record<string, Protocol>> = {
  "2017-09-01": { header: "secret", expiresOn: asTime },
  "2019-08-01": { header: "x-identity-header", expiresOn: String },
};

/** Recorded in a comment of azure-cli `auth/adal_authentication.py`: "11/05/2021 15:18:31 +00:00". */
function asTime(seconds: number): string {
  const [, year, month, day, time] =
    /^(....)-(..)-(..)T(.{8})/.exec(new Date(seconds * 1000).toISOString()) ?? [];
  return `${month}/${day}/${year} ${time} +00:00`;
}

/** azure-docs managed identity REST reference; the codes of refusals are not recorded. */
export function tokenAnswer(
  directory: Directory,
  principal: Principal,
  query: URLSearchParams,
  isKnown: (header: string) => boolean,
): Answer {
  const protocol = protocols[query.get("api-version") ?? ""];
  if (!isKnown(protocol?.header ?? "x-identity-header"))
    return refused(401, "The header that proves who asks is missing or wrong.");
  if (!protocol) return refused(400, "Unsupported api-version.");
  const resource = query.get("resource");
  if (resource === null) return refused(400, "The resource is missing.");
  const token = directory.token(principal, undefined, resource);
  return {
    status: 200,
    headers: json,
    body: {
      access_token: token,
      expires_on: protocol.expiresOn(directory.read(token)?.exp ?? 0),
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
