import { AirlockError } from "../model/airlock-error.ts";
import { hashText } from "../model/hash.ts";
import type { Blobs } from "./ports.ts";

/** A table property holds 32 K UTF-16 units; a record of a whole resource can be larger. */
const mostUnits = 30_000;
const mark = "blob:";

/** Keeps a text in its row, or in a blob named by its hash, before the row is written. */
export async function fold(blobs: Blobs, text: string): Promise<string> {
  if (text.length <= mostUnits) return text;
  const name = hashText(text);
  await blobs.put("records", name, text, "application/json");
  return mark + name;
}

export async function unfold(blobs: Blobs, folded: string): Promise<string> {
  if (!folded.startsWith(mark)) return folded;
  const name = folded.slice(mark.length);
  const text = await blobs.get("records", name);
  if (text === undefined) throw new AirlockError("stop", `The blob records/${name} is missing.`);
  if (hashText(text) !== name)
    throw new AirlockError("stop", `The blob records/${name} was changed.`);
  return text;
}
