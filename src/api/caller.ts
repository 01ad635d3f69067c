/** Who asks, as far as the platform vouches for it. */
export type Caller = Readonly<{ name: string; roles: readonly string[] }>;

export type Trust = Readonly<{ developer: string | undefined; hasEasyAuth: boolean }>;

/** Every role of the application; who has none of them is nobody here. */
const roles = ["Airlock.Reader", "Airlock.Operator"] as const;
export type Role = (typeof roles)[number];

/**
 * `x-ms-client-principal` is true only where App Service Authentication is on: it strips what callers
 * send. Without it a function key is the door, and the caller is whoever holds it.
 */
export function callerOf(headers: Headers, { developer, hasEasyAuth }: Trust): Caller | undefined {
  if (hasEasyAuth) return principalIn(headers.get("x-ms-client-principal"));
  if (developer !== undefined) return { name: `${developer} (local)`, roles };
  return { name: "the holder of the function key", roles };
}

export const hasRole = ({ roles: has }: Caller, role: Role): boolean => has.includes(role);

function principalIn(header: string | null): Caller | undefined {
  try {
    const { claims } = JSON.parse(Buffer.from(header ?? "", "base64").toString("utf8"));
    const values = (type: string): string[] =>
      (Array.isArray(claims) ? claims : [])
        .filter((it) => String(it?.typ) === type)
        .map((it) => String(it.val));
    const name = values("preferred_username")[0] ?? values("name")[0];
    if (name === undefined) return undefined;
    return { name: name.replace(/\p{C}/gu, "").slice(0, 200), roles: values("roles") };
  } catch {
    return undefined;
  }
}
