import { AirlockError } from "../model/airlock-error.ts";
import { errorOf, noAnswer } from "./errors.ts";

/** Storage by connection string (a laptop), or by account name and identity (Azure). */
export type StorageSettings = Readonly<{ connectionString: string } | { accountName: string }>;

/** The address of one service of the account. */
export const serviceUrl = (accountName: string, service: "table" | "queue" | "blob"): string =>
  `https://${accountName}.${service}.core.windows.net`;

/** An error of a storage client; `isWrite` leaves the effect of an answer that never came open. */
export function storageError(error: unknown, isWrite: boolean): AirlockError {
  if (error instanceof AirlockError) return error;
  const { statusCode, code, message } = error as {
    statusCode?: number;
    code?: string;
    message?: string;
  };
  if (typeof statusCode !== "number") return noAnswer(error, isWrite);
  if (statusCode === 409 || statusCode === 412)
    return new AirlockError("conflict", `Storage says ${statusCode} ${code ?? ""}`.trim(), {
      cause: error,
    });
  return errorOf({ status: statusCode, body: JSON.stringify({ code, message }) }, isWrite);
}

/** Whether it says that something is not there. */
export const isMissing = (error: unknown): boolean =>
  (error as { statusCode?: number }).statusCode === 404;
