/**
 * How a surprise is met: `invalid` and `denied` end what was asked, `conflict` means another writer
 * was first, `retry` passes by itself, `stop` needs a person.
 */
export type ErrorKind = "invalid" | "denied" | "conflict" | "retry" | "stop";

/** The one error of this project. `code` is Azure's own word, where it said one. */
export class AirlockError extends Error {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Nobody knows whether the request took effect: no answer came, or none that says so. */
  readonly isAmbiguous: boolean;

  constructor(
    kind: ErrorKind,
    message: string,
    more: {
      code?: string;
      retryAfterSeconds?: number;
      isAmbiguous?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.code = more.code;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.isAmbiguous = more.isAmbiguous ?? false;
  }
}

/** What anything thrown says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export const isKind = (error: unknown, kind: ErrorKind): error is AirlockError =>
  error instanceof AirlockError && error.kind === kind;
