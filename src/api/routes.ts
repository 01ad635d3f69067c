import { type Context, Hono } from "hono";
import type * as z from "zod";
import type { Airlock, Invocation } from "../airlock.ts";
import { AirlockError } from "../model/airlock-error.ts";
import { answer } from "../pipeline/approve.ts";
import { askable, evaluateNow, observe, type Status, statusOf } from "../pipeline/ask.ts";
import { type Caller, callerOf, hasRole, type Role } from "./caller.ts";
import { approvalRequest, evaluateRequest } from "./contract.ts";
import { problem, problemOf } from "./problems.ts";

type Bindings = Readonly<{ invocation: Invocation; origin: string }>;
type Env = { Bindings: Bindings; Variables: { caller: Caller } };

/** All of HTTP. Deny by default: a route answers only callers that hold its role. */
export function createApi(airlock: Airlock): Hono<Env> {
  const api = new Hono<Env>();
  const portsOf = (c: Context<Env>) => airlock.portsFor(c.env.invocation);
  api.onError((error, c) => {
    const { log } = c.env.invocation;
    if (!(error instanceof AirlockError))
      log("error", "A request failed.", { cause: String(error) });
    return problemOf(c, error);
  });
  api.notFound((c) => problem(c, 404, `${c.req.method} ${c.req.path} is not known.`));
  api.use("/api/*", async (c, next) => {
    const caller = callerOf(c.req.raw.headers, airlock.config);
    if (!caller) return problem(c, 401, "Sign in first.");
    const needed: Role = c.req.method === "GET" ? "Airlock.Reader" : "Airlock.Operator";
    if (!hasRole(caller, needed)) return problem(c, 403, `The role ${needed} is needed.`);
    c.set("caller", caller);
    return next();
  });

  api.post("/api/evaluate", async (c) => {
    const { resourceId, mode } = await bodyOf(c, evaluateRequest);
    const ports = portsOf(c);
    const status = mode ? await observe(ports, resourceId) : await evaluateNow(ports, resourceId);
    return statusAnswer(c, status);
  });
  api.get("/api/status", async (c) => {
    const ports = portsOf(c);
    const { id } = askable(ports, c.req.query("resourceId"));
    return statusAnswer(c, await statusOf(ports, id));
  });
  api.post("/api/approvals", async (c) => {
    const { id, reason, answer: said } = await bodyOf(c, approvalRequest);
    const { name } = c.var.caller;
    const finding = await answer(portsOf(c), { id, reason, answer: said, by: name });
    return c.json({ id: finding.id, resourceId: finding.resourceId, answer: said, by: name });
  });
  return api;
}

/** 202 while work goes on, with the address that answers the same object. */
function statusAnswer(c: Context<Env>, { isWorking, ...status }: Status): Response {
  if (!isWorking) return c.json(status);
  const query = new URLSearchParams({ resourceId: status.resourceId });
  const statusUrl = `${c.env.origin}/api/status?${query}`;
  return c.json({ ...status, statusUrl }, 202, { location: statusUrl });
}

/** Bodies are JSON, sent as JSON: a form of another site cannot be that. */
async function bodyOf<T extends z.ZodType>(c: Context<Env>, schema: T): Promise<z.infer<T>> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? ""))
    throw new AirlockError("invalid", "content-type must be application/json.");
  const parsed = schema.safeParse(await json(c));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((it) => `${it.path.join(".") || "body"}: ${it.message}`);
  throw new AirlockError("invalid", `${problems.join("; ")}.`);
}

async function json(c: Context<Env>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new AirlockError("invalid", "The body is not JSON.");
  }
}
