import type { Airlock, Invocation } from "../airlock.ts";

/** What a command works with: the same parts as the function app, and a place to print. */
export type CommandLine = Readonly<{
  airlock: Airlock;
  by: Invocation;
  print(line: string): void;
}>;
