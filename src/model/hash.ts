import { createHash } from "node:crypto";

export const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");

/** SHA-256 over RFC 8785 JSON: the same for the same content, whatever order ARM wrote it in. */
export const hashOf = (value: unknown): string => hashText(canonicalJson(value));

/** RFC 8785: keys sorted by UTF-16 code units, numbers and texts as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => {
    if (typeof it !== "object" || it === null || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
