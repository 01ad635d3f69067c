import { AirlockError, type ErrorKind } from "../model/airlock-error.ts";

/** An answer as far as errors are told by it. `retryAfter`: the header, seconds or a date. */
export type Refusal = Readonly<{ status: number; body: string; retryAfter?: string | undefined }>;

/** Recorded: busy, not a refusal, whatever the status. */
const passing = [
  "requestconflict",
  "anotheroperationinprogress",
  "conflict",
  "accountprovisioningstateinvalid",
  "referencedresourcenotprovisioned",
  "retryableerror",
  "retryableerrorduetoanotheroperation",
  "storageaccountisnotprovisioned",
  "resourcegroupbeingdeleted",
];

/** The one place where what Azure answered becomes a kind of error. `isWrite`: a 5xx leaves its effect open. */
export function errorOf({ status, body, retryAfter }: Refusal, isWrite: boolean): AirlockError {
  const { code, message } = wordsOf(body);
  const retryAfterSeconds = secondsOf(retryAfter);
  return new AirlockError(kindOf(status, code), textOf(status, code, message), {
    ...(code !== undefined && { code }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    isAmbiguous: isWrite && (status >= 500 || status === 408),
  });
}

/** No answer came: cut, refused, timed out. */
export function noAnswer(cause: unknown, isWrite: boolean): AirlockError {
  if (cause instanceof AirlockError) return cause;
  const name = cause instanceof Error ? cause.name : "";
  if (name === "CredentialUnavailableError" || name === "AuthenticationError")
    return new AirlockError("denied", "Airlock could not get a token for Azure.", { cause });
  const message = cause instanceof Error ? cause.message : String(cause);
  const options = { cause, isAmbiguous: isWrite };
  return new AirlockError("retry", `Azure did not answer: ${unsigned(message)}`, options);
}

function kindOf(status: number, code: string | undefined): ErrorKind {
  if (status === 429 || status === 408 || status >= 500) return "retry";
  if (code !== undefined && passing.includes(code.toLowerCase())) return "retry";
  if (status === 412) return "conflict";
  if (status === 401 || status === 403 || status === 409) return "denied";
  return status === 404 ? "stop" : "invalid";
}

function textOf(status: number, code: string | undefined, message: string): string {
  const said = [code, message].filter((it) => it !== undefined && it !== "").join(": ");
  return unsigned(`HTTP ${status}${said === "" ? "" : ` ${said}`}`).slice(0, 1000);
}

/** Addresses in messages can be signed: they are cut before anybody logs them. */
const unsigned = (text: string): string => text.replace(/(https?:\/\/[^\s"'?]+)\?\S*/g, "$1");

function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

type Words = Readonly<{ code: string | undefined; message: string }>;

/** Recorded envelopes: {error:{…}}, bare {code}, {Code}, details with the real reason, HTML, nothing. */
export function wordsOf(body: string): Words {
  const json = parsed(body);
  if (json === undefined)
    return { code: undefined, message: isHtml(body) ? "" : body.slice(0, 200) };
  const top = field(json, "error") ?? json;
  const inner = reasonIn(field(top, "details"));
  const code = inner?.code ?? text(top, "code");
  return { code, message: inner?.message ?? text(top, "message") ?? "" };
}

/** `RetryableError` and a few others say the reason one level down. */
function reasonIn(details: unknown): Words | undefined {
  if (!Array.isArray(details)) return undefined;
  const reason = details.find((it) => text(it, "code") !== undefined);
  return reason && { code: text(reason, "code"), message: text(reason, "message") ?? "" };
}

export const isHtml = (body: string): boolean => /^\s*(<!doctype|<html)/i.test(body);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function field(it: unknown, name: string): unknown {
  if (typeof it !== "object" || it === null) return undefined;
  const key = Object.keys(it).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : Reflect.get(it, key);
}

function text(it: unknown, name: string): string | undefined {
  const value = field(it, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
