import type { Answer } from "./answers.ts";
import type { Call } from "./call.ts";
import type { Stored } from "./kinds.ts";

/** Recorded page size of `/resources`; other lists of this length were not recorded. */
const pageSize = 1000;

/**
 * One page of a list. Rows that `show` leaves out (undefined) are dropped after paging, so that a
 * filtered list has empty pages with a nextLink, as Azure's has (recorded: 178 of 254 pages).
 */
export function page(call: Call, all: readonly Stored[], show: (it: Stored) => unknown): Answer {
  const from = Number(call.query.get("$skiptoken") ?? 0) || 0;
  const rows = all.slice(from, from + pageSize).map(show);
  const value = rows.filter((row) => row !== undefined);
  const more = from + pageSize < all.length;
  return {
    status: 200,
    body: { value, ...(more && { nextLink: nextLink(call, from + pageSize) }) },
  };
}

/** Absolute; the token's name is written `%24skiptoken`, the other parameters as they were. */
function nextLink({ origin, raw }: Call, from: number): string {
  const [path = "", query = ""] = raw.split("?");
  const kept = query.split("&").filter((it) => !/^(\$|%24)skiptoken=/i.test(it));
  return `${origin}${path}?${[...kept, `%24skiptoken=${from}`].join("&")}`;
}
