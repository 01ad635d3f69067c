import { userInfo } from "node:os";
import type { Approval } from "../model/finding.ts";
import { answer } from "../pipeline/approve.ts";
import { resume, stop } from "../pipeline/switches.ts";
import type { CommandLine } from "./command-line.ts";

type Reasoned = Readonly<{ reason?: string }>;

/** Whoever may write to the tables may run these: the name is what the machine says of its user. */
const person = (): string => `${userInfo().username} (command line)`;

export const approve = (line: CommandLine, id: string, it: Reasoned) =>
  say(line, id, "approve", it);
export const reject = (line: CommandLine, id: string, it: Reasoned) => say(line, id, "reject", it);

async function say(
  { airlock, by, print }: CommandLine,
  id: string,
  said: Approval["answer"],
  { reason = "" }: Reasoned,
): Promise<void> {
  const ports = airlock.portsFor(by);
  const finding = await answer(ports, { id, answer: said, by: person(), reason });
  print(`${said === "approve" ? "Approved" : "Rejected"}: ${finding.title}`);
  print(`  ${finding.resourceId}`);
  if (said === "approve")
    print("  It is looked at again now; `airlock audit list` shows what is done.");
}

export async function stopWrites({ airlock, by, print }: CommandLine, { reason = "" }: Reasoned) {
  await stop(airlock.portsFor(by), person(), reason);
  print(
    "Stopped: nothing is written to Azure until `airlock resume`; what was deleted still comes back.",
  );
}

export async function resumeWrites({ airlock, by, print }: CommandLine, { reason = "" }: Reasoned) {
  const looks = await resume(airlock.portsFor(by), person(), reason);
  print(`Writes go on; ${looks} findings are looked at again.`);
}
