import { AirlockError } from "../model/airlock-error.ts";
import type { Columns } from "../records/ports.ts";

const mostColumns = 252;
const mostUnits = 32 * 1024;
const mostBytes = 1024 * 1024;
const columnName = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const badKey = /[/\\#?\p{Cc}]/u;

/** Azure's real limits (azure-docs table data model); the local emulator takes more. */
export function checkRow(partition: string, row: string, columns: Columns): void {
  const problem = keyProblem(partition) ?? keyProblem(row) ?? columnProblem(columns);
  if (problem) throw new AirlockError("invalid", `The row ${row} cannot be stored: ${problem}.`);
}

function keyProblem(key: string): string | undefined {
  if (badKey.test(key)) return "a key has a character that is not allowed";
  return key.length > 512 ? "a key is longer than 1 KiB" : undefined;
}

function columnProblem(columns: Columns): string | undefined {
  const entries = Object.entries(columns);
  if (entries.length > mostColumns) return `it has more than ${mostColumns} columns`;
  const odd = entries.find(([name]) => !columnName.test(name));
  if (odd) return `${odd[0]} is no column name`;
  const long = entries.find(([, value]) => typeof value === "string" && value.length > mostUnits);
  if (long) return `${long[0]} is longer than 64 KiB`;
  const bytes = entries.reduce(
    (sum, [name, value]) => sum + 2 * (name.length + String(value).length),
    0,
  );
  return bytes > mostBytes ? "it is larger than 1 MiB" : undefined;
}
