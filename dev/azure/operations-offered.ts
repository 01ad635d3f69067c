import { parsePath } from "./ids.ts";
import type { Kind, Verb } from "./kinds.ts";

/** One captured exchange, as far as coverage looks at it. */
export type Exchange = Readonly<{
  method: string;
  url: string;
  status: number;
  /** Sent for its refusal, or recorded where the schemas say otherwise: covered, but not judged. */
  isUnjudged?: true;
  requestBody?: string | Readonly<{ query?: string }> | null;
}>;

const common: readonly Verb[] = ["GET", "LIST", "PUT", "PATCH", "DELETE"];

/** Every operation that this Azure offers: `PATCH Microsoft.Search/searchServices`, `POST …/listKeys`. */
export function operationsOf(kinds: readonly Kind[]): string[] {
  return kinds.flatMap((kind) => [
    ...(kind.verbs ?? common).map((verb) => `${verb} ${kind.type}`),
    ...Object.keys(kind.actions ?? {}).map((name) => `POST ${kind.type}/${name}`),
  ]);
}

/** Operations without an exchange that succeeded, or without one that failed. */
export function uncovered(operations: readonly string[], exchanges: readonly Exchange[]): string[] {
  const seen = new Set(
    exchanges.map(({ method, url, status }) =>
      `${operationOf(method, url)} ${status < 400 ? "succeeded" : "failed"}`.toLowerCase(),
    ),
  );
  return operations.flatMap((operation) =>
    ["succeeded", "failed"]
      .map((outcome) => `${operation} ${outcome}`)
      .filter((it) => !seen.has(it.toLowerCase())),
  );
}

function operationOf(method: string, url: string): string {
  const { name, type } = parsePath(new URL(url, "https://management.azure.com").pathname);
  return `${method === "GET" && name === undefined ? "LIST" : method} ${type}`;
}
