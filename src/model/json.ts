export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Whether `seen` shows at least what is `wanted`: texts without regard to case, durations as durations. */
export function contains(seen: unknown, wanted: Json | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "string") return typeof seen === "string" && sameText(seen, wanted);
  if (typeof wanted !== "object" || wanted === null) return (seen ?? null) === wanted;
  if (typeof seen !== "object" || seen === null) return false;
  if (Array.isArray(wanted))
    return (
      Array.isArray(seen) &&
      seen.length === wanted.length &&
      wanted.every((it: Json, i) => contains(seen[i], it))
    );
  return Object.entries(wanted).every(([key, it]) => contains(Reflect.get(seen, key), it));
}

/** The part of `seen` that a write of `body` would touch: what stood there before. */
export function touchedBy(seen: unknown, body: Json | undefined): Json | undefined {
  if (seen === undefined) return null;
  if (typeof body !== "object" || body === null || Array.isArray(body)) return seen as Json;
  if (typeof seen !== "object" || seen === null || Array.isArray(seen)) return seen as Json;
  return Object.fromEntries(
    Object.entries(body).map(([key, it]) => [key, touchedBy(Reflect.get(seen, key), it)]),
  );
}

const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** Recorded: PT120S comes back as PT2M, so texts that are durations are compared in seconds. */
function sameText(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  const [x, y] = [secondsOf(a), secondsOf(b)];
  return x !== undefined && x === y;
}

function secondsOf(text: string): number | undefined {
  const [whole, ...parts] = duration.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((it) => Number(it ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
