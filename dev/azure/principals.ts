import { createHmac } from "node:crypto";

/** Who calls. `tenantId`, `objectId`, `appId` are GUIDs with dashes. */
export type Principal = Readonly<{
  objectId: string;
  name: string;
  upn?: string;
  /** Of an app: its own; of a user: the client it signed in with. */
  appId?: string;
  tenantId: string;
  kind: "user" | "app";
}>;

export type Claims = Readonly<{
  aud: string;
  oid: string;
  exp: number;
  nbf: number;
  [name: string]: unknown;
}>;

/** The Entra ID tenants of this Azure: who exists, and which tokens are its own. */
export type Directory = Readonly<{
  register(principal: Principal): void;
  find(objectId: string): Principal | undefined;
  all(): readonly Principal[];
  /** A bearer token; `seconds` is its life (default one hour), `audience` Resource Manager unless said. */
  token(principal: Principal, seconds?: number, audience?: string): string;
  /** The claims of a token that this directory signed; undefined: a foreign one. */
  read(token: string): Claims | undefined;
}>;

export function createDirectory(now: () => Date, key: string): Directory {
  const principals = new Map<string, Principal>();
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url");
  return {
    register: (it) => void principals.set(it.objectId.toLowerCase(), it),
    find: (objectId) => principals.get(objectId.toLowerCase()),
    all: () => [...principals.values()],
    token(principal, seconds = 3600, audience = "https://management.core.windows.net/") {
      const claims = { aud: audience, ...claimsOf(principal, now(), seconds) };
      const text = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
      return `${text}.${sign(text)}`;
    },
    read(token) {
      const at = token.lastIndexOf(".");
      if (at < 0 || sign(token.slice(0, at)) !== token.slice(at + 1)) return undefined;
      return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
    },
  };
}

/** The claims that Event Grid later shows as strings (recorded: events.json). */
function claimsOf(principal: Principal, now: Date, seconds: number): Omit<Claims, "aud"> {
  const at = Math.floor(now.getTime() / 1000);
  return {
    iss: `https://sts.windows.net/${principal.tenantId}/`,
    iat: at,
    nbf: at,
    exp: at + seconds,
    ...(principal.appId !== undefined && { appid: principal.appId }),
    appidacr: principal.kind === "app" ? "2" : "0",
    idtyp: principal.kind,
    name: principal.name,
    oid: principal.objectId,
    tid: principal.tenantId,
    ...(principal.upn !== undefined && { upn: principal.upn }),
    ver: "1.0",
  };
}

const encode = (it: unknown): string => Buffer.from(JSON.stringify(it)).toString("base64url");
