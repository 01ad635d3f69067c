import { storageCodeOf } from "./errors.ts";

/** Storage by connection string (a laptop), or by account name and identity (Azure). */
export type StorageSettings = Readonly<{ connectionString: string } | { accountName: string }>;

/** The address of one service of the account. */
export const serviceUrl = (accountName: string, service: "table" | "queue" | "blob"): string =>
  `https://${accountName}.${service}.core.windows.net`;

/** The row or blob is not there. A missing table or container is another matter: it hides what was kept. */
export function isMissing(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return (
    statusCode === 404 &&
    ["ResourceNotFound", "EntityNotFound", "BlobNotFound"].includes(storageCodeOf(error) ?? "")
  );
}
