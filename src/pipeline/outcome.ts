import { type AirlockError, isKind } from "../model/airlock-error.ts";

/**
 * How a pass ended. `look` and `continue` are to be asked again; the message is sent before the old
 * one is acknowledged. Nothing here sleeps.
 */
export type Outcome =
  | Readonly<{ kind: "done" }>
  | Readonly<{
      kind: "look" | "continue";
      because: string;
      afterSeconds: number;
      missingSince?: string;
      /** A grace time, a running job: it may take as long as it takes. */
      isPatient?: true;
    }>;

export const done: Outcome = { kind: "done" };

export const lookAgain = (afterSeconds: number, because: string): Outcome => ({
  kind: "look",
  afterSeconds,
  because,
});

export const goOn = (afterSeconds: number, because: string): Outcome => ({
  kind: "continue",
  afterSeconds,
  because,
});

/** After a refusal that passes by itself: 5 s doubled each time, at most 30 minutes, never sooner than asked. */
export function refusalDelay(attempt: number, error?: AirlockError): number {
  return Math.max(error?.retryAfterSeconds ?? 0, Math.min(5 * 2 ** attempt, 1800));
}

const early = [5, 10, 20];

/** While ARM works on our write: 5, 10, 20, 30 s …, after five minutes a tenth of the time it took so far. */
export function workDelay(attempt: number, elapsedSeconds: number): number {
  if (elapsedSeconds < 300) return early[attempt] ?? 30;
  return Math.min(Math.max(Math.round(elapsedSeconds / 10), 30), 900);
}

/** Turns what passes by itself into asking again; everything else is thrown on. */
export function againOn(error: unknown, kind: "look" | "continue", attempt: number): Outcome {
  if (!isKind(error, "retry")) throw error;
  return { kind, afterSeconds: refusalDelay(attempt, error), because: error.message };
}
