import type { LoadedApp, Registered } from "./load-app.ts";

export type Asked = Readonly<{ method: string; url: URL; headers: Headers; body: Buffer }>;

export type HttpAnswer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}>;

/** What a route needs of the host. */
export type Hosted = Readonly<{
  app: LoadedApp;
  functions: readonly Registered[];
  key: string;
  onError(name: string, error: unknown): void;
}>;

/** The key as a header or in the query; the same for functions, admin and webhook routes. */
export const holdsKey = ({ key }: Hosted, { url, headers }: Asked): boolean =>
  headers.get("x-functions-key") === key || url.searchParams.get("code") === key;

export const triggerOf = ({ bindings }: Registered) =>
  Object.values(bindings).find((it) => it.type.endsWith("Trigger"));
