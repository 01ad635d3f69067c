import { AirlockError, type ErrorKind, messageOf } from "../model/airlock-error.ts";
import { isHtml, wordsOf } from "./error-words.ts";

/** An answer as far as errors are told by it. `retryAfter`: the header, seconds or a date. */
export type Refusal = Readonly<{ status: number; body: string; retryAfter?: string | undefined }>;

/** Recorded (design 6, recorded 16): busy, not a refusal, whatever the status. */
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
export function errorOf(refusal: Refusal, isWrite: boolean): AirlockError {
  const { status, body, retryAfter } = refusal;
  const { code, message } = wordsOf(body);
  const retryAfterSeconds = secondsOf(retryAfter);
  return new AirlockError(kindOf(status, body), textOf(status, code, message), {
    ...(code !== undefined && { code }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    isAmbiguous: isWrite && (status >= 500 || status === 408),
  });
}

function kindOf(status: number, body: string): ErrorKind {
  if (passes(status, body)) return "retry";
  if (status === 412) return "conflict";
  if ([401, 403, 409].includes(status)) return "denied";
  return status === 404 ? "stop" : "invalid";
}

function passes(status: number, body: string): boolean {
  if (status < 400 || status === 408 || status === 429 || status >= 500) return true;
  const { codes } = wordsOf(body);
  if (codes.some((it) => passing.includes(it.toLowerCase()))) return true;
  // Seen in public on computes that stop or go: a bare 409. Its body is not recorded.
  if (status === 409) return codes.length === 0;
  return status === 404 && isHtml(body);
}

/** No answer came: cut, refused, timed out. */
export function noAnswer(cause: unknown, isWrite: boolean): AirlockError {
  if (cause instanceof AirlockError) return cause;
  const text = `Azure did not answer: ${unsigned(messageOf(cause))}`;
  return new AirlockError("retry", text, { cause, isAmbiguous: isWrite });
}

/** No token, so nothing was sent. What Entra ID itself refuses does not pass by waiting. */
export function noToken(cause: unknown): AirlockError {
  const status: unknown = fieldOf(cause, "statusCode");
  const kind = status === 400 || status === 401 ? "denied" : "retry";
  const text = `Airlock could not get a token for Azure: ${unsigned(messageOf(cause))}`;
  return new AirlockError(kind, text.slice(0, 1000), { cause });
}

/** An error of an SDK client, told like any other answer. */
export function errorFrom(error: unknown, isWrite: boolean): AirlockError {
  const status: unknown = fieldOf(error, "statusCode");
  if (error instanceof AirlockError || typeof status !== "number") return noAnswer(error, isWrite);
  const { headers } = (fieldOf(error, "response") ?? {}) as Response;
  return errorOf({ status, body: bodyIn(error), retryAfter: headers?.get("retry-after") }, isWrite);
}

type Response = Readonly<{ headers?: Readonly<{ get(name: string): string | undefined }> }>;

/** The clients of Resource Graph and of storage keep an answer's body in different places, if at all. */
function bodyIn(error: unknown): string {
  const details = fieldOf(error, "details");
  const said = fieldOf(details, "error") ?? fieldOf(details, "odataError");
  return JSON.stringify(said ?? { code: storageCodeOf(error), message: messageOf(error) });
}

/** Of storage, 409 and 412 say that another writer was first. */
export function storageError(error: unknown, isWrite: boolean): AirlockError {
  const status: unknown = fieldOf(error, "statusCode");
  if (status !== 409 && status !== 412) return errorFrom(error, isWrite);
  const text = `Storage says ${status} ${storageCodeOf(error) ?? ""}`.trim();
  return new AirlockError("conflict", text, { cause: error });
}

/** Storage's word, in whichever place the client of tables, blobs or queues keeps it. */
export function storageCodeOf(error: unknown): string | undefined {
  const details = fieldOf(error, "details");
  const places = [fieldOf(error, "code"), fieldOf(details, "errorCode"), fieldOf(details, "code")];
  return places.find((it) => typeof it === "string");
}

export function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

function textOf(status: number, code: string | undefined, message: string): string {
  const said = [code, message].filter((it) => it !== undefined && it !== "").join(": ");
  return unsigned(`HTTP ${status}${said === "" ? "" : ` ${said}`}`).slice(0, 1000);
}

/** Addresses can be signed and texts can hold tokens: both are cut before anybody logs them. */
function unsigned(text: string): string {
  return text
    .replace(/\?[\w.$%-]+=[^\s"']*/g, "")
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "(token)")
    .replace(/\b(sig|AccountKey|SharedAccessKey|client_secret)=[^\s&;"']+/gi, "$1=(secret)");
}

const fieldOf = (it: unknown, name: string): unknown =>
  typeof it === "object" && it !== null ? Reflect.get(it, name) : undefined;
