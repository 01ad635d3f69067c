#!/usr/bin/env node
import { Command } from "commander";
import { createAirlock, type Invocation } from "../airlock.ts";
import { readConfig } from "../config.ts";
import { AirlockError } from "../model/airlock-error.ts";
import { auditList, auditVerify } from "./audit.ts";
import type { CommandLine } from "./command-line.ts";
import { approve, reject, resumeWrites, stopWrites } from "./decisions.ts";
import { listReports, showReport } from "./report.ts";

const by: Invocation = {
  runId: `cli-${crypto.randomUUID()}`,
  log(level, text, fields) {
    if (level === "error") console.error(text, fields);
  },
};
const print = (line: string) => console.log(line);
const run =
  <A extends unknown[]>(command: (it: CommandLine, ...args: A) => Promise<void>) =>
  (...args: A): Promise<void> =>
    command({ airlock: createAirlock(readConfig()), by, print }, ...args);

const reason = ["--reason <text>", "why; it is recorded"] as const;
const program = new Command("airlock").description("Keeps an Azure AI estate sealed.");

program
  .command("approve <finding>")
  .description("approve what is held: the finding's id, or at least four of its characters")
  .requiredOption(...reason)
  .action(run(approve));
program
  .command("reject <finding>")
  .description("reject what is held")
  .requiredOption(...reason)
  .action(run(reject));
program
  .command("stop")
  .description("hold every plan before its next write; what was deleted still comes back")
  .requiredOption(...reason)
  .action(run(stopWrites));
program
  .command("resume")
  .description("let writes go on, and look again at what was held")
  .option(...reason)
  .action(run(resumeWrites));

const audit = program.command("audit").description("the audit log");
audit.command("verify").description("walk every chain").action(run(auditVerify));
audit
  .command("list [resource]")
  .description("what happened, in order; of one resource where its id is given")
  .action(run(auditList));

const report = program
  .command("report")
  .description("the reports of finished sweeps")
  .action(run(listReports));
report.command("show <name>").description("print a report").action(run(showReport));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof AirlockError ? error.message : error);
  process.exitCode = 1;
});
