import { createHash } from "node:crypto";
import { stripVTControlCharacters, styleText } from "node:util";
import type { LogLine } from "./functions-host/load-app.ts";

type Fields = Readonly<Record<string, unknown>>;
type Told = Readonly<{ what: string; text: string; more?: string }>;
type Color = Parameters<typeof styleText>[0];

const colors: Readonly<Record<string, Color>> = {
  event: "cyan",
  drift: "yellow",
  sent: "blue",
  held: "magenta",
  verified: "green",
  failed: "red",
};

/** Turns the product's log into lines that a person likes to read: time, what, name, why. */
export function createNarrator(print: (line: string) => void, now: () => Date) {
  const chains = new Map<string, { first: number; last: number }>();
  let moved = 0;
  const use = (it: Told): void => {
    const jump = moved >= 1 ? `   (the clock was moved ${Math.round(moved)} s)` : "";
    moved = 0;
    print(lineOf(now(), { ...it, text: it.text + jump }));
  };
  return {
    /** All that was due only waited; told with the line that comes next. */
    jump(seconds: number): void {
      moved += seconds;
    },
    say: (what: string, text: string) => use({ what, text }),
    hear({ level, message }: LogLine): void {
      const entry = parse(message);
      if (!entry) {
        if (level === "error") use({ what: "error", text: message.split("\n")[0] ?? "" });
        return;
      }
      noteChain(chains, entry);
      const told = tales[String(entry["text"])]?.(entry, chains);
      if (told) use(told);
    },
  };
}

export type Narrator = ReturnType<typeof createNarrator>;

function parse(message: string): Fields | undefined {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function lineOf(time: Date, { what, text, more }: Told): string {
  const word = styleText(colors[what] ?? "gray", what.padEnd(9));
  const clean = stripVTControlCharacters(text);
  const line = `${time.toISOString().slice(11, 19)}  ${word} ${clean}`;
  return more === undefined ? line : `${line}\n${" ".repeat(20)}${more}`;
}

const nameOf = (id: unknown): string => String(id).split("/").at(-1) ?? "";

type Chains = Map<string, { first: number; last: number }>;
type Tale = (it: Fields, chains: Chains) => Told | undefined;

/** By the constant text of the log entry. */
const tales: Readonly<Record<string, Tale>> = {
  "An event was refused.": (it) => ({ what: "refused", text: String(it["because"]) }),
  "A rule objects.": objection,
  "Sending a write to ARM.": (it) => ({ what: "sent", text: writeOf(it["request"]) }),
  "ARM accepted a write.": (it) => ({
    what: "accepted",
    text: `${nameOf(it["resourceId"])}: ARM took it (HTTP ${it["status"]}) and is at work`,
  }),
  "ARM refused a write.": (it) => ({ what: "refused", text: String(it["because"]) }),
  "The repair held.": (it, chains) => ({
    what: "verified",
    text: `${nameOf(it["resourceId"])}: ARM finished, read back and content   ${journalOf(it, chains)}`,
  }),
  "The repair failed.": (it) => ({
    what: "failed",
    text: `${nameOf(it["resourceId"])}: ${it["because"]}`,
  }),
  "A person answered.": (it) => ({
    what: "answer",
    text: `${it["by"]} said ${it["answer"]}: ${it["reason"]}`,
  }),
  "A resource is gone.": (it) => ({ what: "gone", text: nameOf(it["resourceId"]) }),
  "A resource was given up.": (it) => ({ what: "failed", text: String(it["because"]) }),
  "A sweep is done.": (it) => ({ what: "report", text: `the ${it["kind"]} sweep is done` }),
};

const words: Readonly<Record<string, string>> = {
  apply: "drift",
  hold: "held",
  wait: "waiting",
  report: "report",
};

function objection(it: Fields): Told {
  const decision = it["decision"] as { do: string; because: string };
  const what = words[decision.do] ?? "finding";
  const text = `${nameOf(it["resourceId"])}: ${it["because"]} ${decision.because}`;
  if (decision.do !== "hold") return { what, text };
  return { what, text, more: `approve it as ${String(it["findingId"]).slice(0, 6)}` };
}

function writeOf(request: unknown): string {
  const { method, url, body } = request as { method: string; url: string; body?: unknown };
  const shown = body === undefined ? "" : ` ${JSON.stringify(body)}`;
  const text = `${method} ${nameOf(url.split("?")[0])}${shown}`;
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function noteChain(chains: Chains, it: Fields): void {
  const { key, sequence } = it;
  if (typeof key !== "string" || typeof sequence !== "number") return;
  chains.set(key, { first: chains.get(key)?.first ?? sequence, last: sequence });
}

/** Which records of the resource's chain tell the story that just ended. */
function journalOf({ resourceId }: Fields, chains: Chains): string {
  const key = createHash("sha256").update(String(resourceId).toLowerCase()).digest("hex");
  const range = chains.get(key);
  chains.delete(key);
  return range ? `journal ${range.first}–${range.last}` : "";
}
