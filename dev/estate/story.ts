import { readFileSync } from "node:fs";
import type { Person } from "../people.ts";

/** One thing that somebody does: a write to ARM, or an answer to a finding that is held. */
export type Deed = Readonly<{ who: Person }> &
  (
    | Readonly<{ method: string; id: string; version: string; body?: object }>
    | Readonly<{ approve: string; reason: string }>
  );

/** What must be true at the end: of the resource, of the decisions on it, of its journal, of our reads. */
export type Expected = Readonly<{
  resource?: object;
  decisions?: Readonly<Record<string, string>>;
  journal?: string;
  seen?: string;
  reads?: number;
}>;

/** A scene of the story, as a reader can edit it in story.json. */
export type Scene = Readonly<{
  name: string;
  /** What is read at the end. */
  resourceId: string;
  /** What Airlock judges, where that is another one (an endpoint for its zone group). */
  judged?: string;
  version: string;
  does: readonly Deed[];
  expected: Expected;
}>;

export const readStory = (): readonly Scene[] =>
  JSON.parse(readFileSync(new URL("story.json", import.meta.url), "utf8"));
