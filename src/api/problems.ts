import type { Context } from "hono";
import { AirlockError, type ErrorKind } from "../model/airlock-error.ts";

type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 500 | 502 | 503;

/** The one place where a kind of error becomes an HTTP status. */
const statusOf: Readonly<Record<ErrorKind, ProblemStatus>> = {
  invalid: 400,
  denied: 502,
  conflict: 409,
  retry: 503,
  stop: 500,
};

/** application/problem+json (RFC 9457). */
export function problem(c: Context, status: ProblemStatus, detail: string): Response {
  return c.body(JSON.stringify({ title: titles[status], status, detail }), status, {
    "content-type": "application/problem+json",
  });
}

const titles: Readonly<Record<ProblemStatus, string>> = {
  400: "The request is not right",
  401: "Nobody is signed in",
  403: "This needs a role",
  404: "There is nothing here",
  409: "Another was first",
  500: "Airlock failed",
  502: "Azure refused",
  503: "Try again",
};

export function problemOf(c: Context, error: unknown): Response {
  if (error instanceof AirlockError) return problem(c, statusOf[error.kind], error.message);
  return problem(c, 500, "The cause is in the log.");
}
