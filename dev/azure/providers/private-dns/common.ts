import type { Change, Course, Stored } from "../../kinds.ts";

export type Failure = NonNullable<Course["fails"]>;

/** Recorded: create, update and PATCH are 202 `{}`, DELETE 202; what fails, fails inside the poll. */
export function dnsCourse(
  { wanted }: Change,
  what: string,
  seconds: number,
  fails: Failure | undefined,
): Course {
  return {
    status: 202,
    state: wanted ? "Updating" : "Deleting",
    seconds,
    operation: { dialect: "privateDns", word: `${wanted ? "Upsert" : "Delete"}${what}` },
    answered: () => (wanted ? {} : undefined),
    ...(fails && { fails }),
  };
}

/** If-None-Match and If-Match of zones and links, in the words of the type (4 of 4). */
export function conditionFails(
  { "if-match": match, "if-none-match": none }: Readonly<Record<string, string>>,
  was: Stored | undefined,
  words: Readonly<{ exists: string; modified: string }>,
): Failure | undefined {
  const code = "PreconditionFailed";
  if (none === "*" && was) return { code, message: words.exists };
  const isOther = match !== undefined && match !== "*" && match !== was?.etag;
  return isOther ? { code, message: words.modified } : undefined;
}
