import { AirlockError } from "../model/airlock-error.ts";
import type { CommandLine } from "./command-line.ts";

export async function listReports({ airlock, print }: CommandLine): Promise<void> {
  const names = await airlock.reports();
  for (const it of names) print(it);
  if (names.length === 0)
    print("There is no report yet: the first one follows the baseline sweep.");
}

export async function showReport({ airlock, print }: CommandLine, name: string): Promise<void> {
  const isListed = (await airlock.reports()).includes(name); // a name may not reach into other containers
  const text = isListed ? await airlock.report(name) : undefined;
  if (text === undefined)
    throw new AirlockError("invalid", `name ${name}: there is no such report.`);
  print(text);
}
