export type Body = { [key: string]: unknown };

/** What ARM answers; `status` 0 with `socket` means that the client gets no answer at all. */
export type Answer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: Body | string;
  /** The body's text, where it was made already. */
  json?: string;
  /** Carried out by the server: the connection is cut, or nothing ever comes. */
  socket?: "cut" | "hang";
  /** Real seconds that the server waits before it answers. */
  seconds?: number;
  /** Made by the fault plan, not by Azure's rules. */
  fault?: true;
}>;

/** A refusal by a resource provider. */
export function failure(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: { error: { code, message } } };
}

/** A refusal by ARM itself, which marks its own (recorded: 1,675 of 2,027 404s, all 403s). */
export function gateway(status: number, code: string, message: string): Answer {
  return failure(status, code, message, { "x-ms-failure-cause": "gateway" });
}

/** A refusal without the `error` envelope (recorded: DNS record sets, diagnostic settings). */
export function bare(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

export function list(value: readonly unknown[]): Answer {
  return { status: 200, body: { value: [...value] } };
}

/** Public text; not recorded apart from accounts/privateEndpointConnections PUT. */
export function notAllowed(method: string): Answer {
  return failure(405, "MethodNotAllowed", `The request method '${method}' is not allowed`);
}
