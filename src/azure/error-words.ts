/** What an error body says: the word nearest to the reason, its text, and every word in it. */
export type Words = Readonly<{
  code: string | undefined;
  message: string;
  codes: readonly string[];
}>;

/**
 * Recorded envelopes: {error:{…}}, bare {code}, {Code}, `odata.error`, details with the real reason,
 * ML's `UserError` with the reason in `innerError` or in `additionalInfo`, HTML, nothing.
 */
export function wordsOf(body: string): Words {
  const json = parsed(body);
  if (json === undefined)
    return { code: undefined, message: isHtml(body) ? "" : body.slice(0, 200), codes: [] };
  const top = field(json, "error") ?? field(json, "odata.error") ?? json;
  const detail = listIn(top, "details").find((it) => text(it, "code") !== undefined);
  const codes = [text(top, "code"), text(detail, "code"), ...innerCodes(top)].filter(
    (it) => it !== undefined,
  );
  const message = messageOf(detail) ?? messageOf(top) ?? "";
  return { code: codes.at(-1), codes, message: message + policiesIn(detail) + policiesIn(top) };
}

export const isHtml = (body: string): boolean => /^\uFEFF?\s*(<!doctype|<html)/i.test(body);

/** JSON as Azure sends it, a byte order mark included. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function messageOf(it: unknown): string | undefined {
  return text(it, "message") ?? text(field(it, "message"), "value");
}

/** Outermost first. */
function innerCodes(top: unknown): readonly string[] {
  const codes: string[] = [];
  const info = listIn(top, "additionalinfo").find((it) => text(it, "type") === "InnerError");
  let inner = field(top, "innererror") ?? field(field(info, "info"), "value");
  for (; typeof inner === "object" && inner !== null; inner = field(inner, "innererror")) {
    const code = text(inner, "code");
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

/** azure-docs governance/policy: a refusal names its policies in `additionalInfo` only, at times. */
function policiesIn(it: unknown): string {
  const names = listIn(it, "additionalinfo")
    .filter((one) => text(one, "type") === "PolicyViolation")
    .map((one) => field(one, "info"))
    .map((info) => text(info, "policyassignmentid") ?? text(info, "policydefinitiondisplayname"))
    .filter((name) => name !== undefined);
  return names.length > 0 ? ` (${names.join(", ")})` : "";
}

function listIn(it: unknown, name: string): readonly unknown[] {
  const value = field(it, name);
  return Array.isArray(value) ? value : [];
}

/** Names differ in case from provider to provider. */
function field(it: unknown, name: string): unknown {
  if (typeof it !== "object" || it === null) return undefined;
  const key = Object.keys(it).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : Reflect.get(it, key);
}

function text(it: unknown, name: string): string | undefined {
  const value = field(it, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
