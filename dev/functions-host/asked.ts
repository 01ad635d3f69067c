import type { LoadedApp, LogLine, Registered } from "./load-app.ts";

export type Asked = Readonly<{ method: string; url: URL; headers: Headers; body: Buffer }>;

export type HttpAnswer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}>;

/** What a route needs of the host. */
export type Hosted = Readonly<{
  app: LoadedApp;
  /** Those that are not disabled. */
  functions: readonly Registered[];
  key: string;
  routePrefix: string;
  onLog(line: LogLine): void;
}>;

/** The key as a header or in the query; the same for functions, admin and webhook routes. */
export const holdsKey = ({ key }: Hosted, { url, headers }: Asked): boolean =>
  headers.get("x-functions-key") === key || url.searchParams.get("code") === key;
