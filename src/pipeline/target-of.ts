import type { Sight } from "../model/remediation.ts";
import type { Request } from "../model/request.ts";
import { parseResourceId, sameId } from "../model/resource-id.ts";
import { isResourceType } from "../model/resource-types/index.ts";
import type { Ports } from "./ports.ts";

/** What a request writes to: the judged resource itself, or a child of it that is read for the record. */
export async function targetOf(
  { reads }: Pick<Ports, "reads">,
  { url }: Request,
  seen: Sight,
): Promise<Sight> {
  const id = parseResourceId(url.split("?")[0]);
  if (typeof id === "string" || sameId(id.id, seen?.id) || !isResourceType(id.type)) return seen;
  return seen && reads.get(id.type, id.id);
}
