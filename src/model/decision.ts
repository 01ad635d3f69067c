import type { Guard } from "./rule.ts";

/** What is done about one verdict, and why. `afterSeconds` only beside `wait`. */
export type Decision = Readonly<{
  do: "nothing" | "report" | "wait" | "hold" | "apply";
  because: string;
  afterSeconds?: number;
}>;

/** A guard that was asked and was not content. `afterSeconds`: what it asks for could not be read just now. */
export type Objection = Readonly<{
  guard: Pick<Guard, "id" | "yieldsTo" | "passes">;
  because: string;
  afterSeconds?: number;
}>;
