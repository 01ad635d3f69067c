import type { Actor, Entry } from "../model/audit-record.ts";
import type { Decision } from "../model/decision.ts";
import type { Approval, Finding } from "../model/finding.ts";
import type { Request } from "../model/request.ts";
import { parseResourceId } from "../model/resource-id.ts";
import type { Verdict } from "../model/verdict.ts";

/** One line for a terminal or a page: what Azure or a person wrote cannot move the cursor or turn the text around. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, " ").trim();

/** The names along an id, without types and groups: "workspace/cluster". The text itself if it is no id. */
export function shortName(resourceId: string): string {
  if (resourceId === "") return "all of Airlock";
  if (typeof parseResourceId(resourceId) === "string") return oneLine(resourceId);
  const tail = resourceId.slice(resourceId.toLowerCase().lastIndexOf("/providers/") + 1).split("/");
  return tail.filter((_, i) => i > 1 && i % 2 === 1).join("/");
}

export function describeVerdict(verdict: Verdict): string {
  switch (verdict.status) {
    case "compliant":
      return "Compliant.";
    case "not-applicable":
      return "The rule does not apply.";
    case "unknown":
      return `Unknown: ${oneLine(verdict.because)}`;
    case "violation":
      return oneLine(verdict.because);
  }
}

export function describeDecision({ do: what, because, afterSeconds }: Decision): string {
  const why = oneLine(because);
  switch (what) {
    case "nothing":
      return `Nothing to do: ${why}`;
    case "report":
      return `Only reported: ${why}`;
    case "hold":
      return `Held: ${why}`;
    case "wait":
      return `Waits${afterSeconds === undefined ? "" : ` ${durationOf(afterSeconds)}`}: ${why}`;
    case "apply":
      return `Is repaired: ${why}`;
  }
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** What a person already said of a finding, and whether it still counts at this time. */
export function describeApproval({ approval, shown }: Finding, at: string): string {
  if (!approval) return "";
  const said = approval.answer === "approve" ? "approved" : "rejected";
  const text = `${oneLine(approval.by)} ${said} it on ${dayOf(approval.at)}${reasonOf(approval)}`;
  if (approval.shown !== shown) return `${text} That no longer counts: what was shown has changed.`;
  if (Date.parse(at) >= Date.parse(approval.until))
    return `${text} That no longer counts: it ran out on ${dayOf(approval.until)}.`;
  return text;
}

const dayOf = (at: string) => at.slice(0, 10);

const reasonOf = ({ reason }: Pick<Approval, "reason">) => {
  const text = oneLine(reason);
  if (text === "") return ".";
  return /[.!?]$/.test(text) ? `: ${text}` : `: ${text}.`;
};

/** Hearsay, and said to be so. */
export function describeActor({ claimedBy, appId, ipAddress }: Actor): string {
  const more = [...(appId ? [`application ${appId}`] : []), ...(ipAddress ? [ipAddress] : [])];
  const about = more.length > 0 ? ` (${more.join(", ")})` : "";
  return `${oneLine(`${claimedBy}${about}`)}, as an event claimed`;
}

/** Method, names, what else the query asks for, and the body: `PATCH hub {"properties":…}`. */
export function describeRequest({ method, url, body }: Request): string {
  const [path = "", query = ""] = url.split("?");
  const asks = query.split("&").filter((it) => it !== "" && !/^api-version=/i.test(it));
  const target = [shortName(path), ...asks].join(" ");
  return oneLine(`${method} ${target}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);
}

/** One audit entry as one sentence, without its time and resource. */
export function describeEntry(entry: Entry): string {
  switch (entry.action) {
    case "intended":
      return oneLine(`${entry.title}: ${entry.because} Sending ${describeRequest(entry.request)}`);
    case "applied":
      return oneLine(`${entry.title}: ARM took it (HTTP ${entry.status}).`);
    case "refused":
      return oneLine(`${entry.title}: refused. ${entry.because}`);
    case "resumed":
      return oneLine(`${entry.title}: taken up again. ${entry.because}`);
    case "verified":
      return oneLine(`${entry.title}: ${proofOf(entry)}`);
    case "failed":
      return oneLine(`${entry.title}: failed. ${entry.because}${entry.restored ? putBack : ""}`);
    default:
      return sayingOf(entry);
  }
}

const putBack = " What it was before was put back.";

/** Where ARM's answer is not known, somebody else may have done it. */
export function proofOf({ sent }: Pick<Extract<Entry, { action: "verified" }>, "sent">): string {
  const proof = "read back, and the rule is content.";
  return sent === "unknown" ? `${proof} ARM's answer to our write is not known.` : proof;
}

type Saying = Extract<Entry, { by: string }>;

const sayings: Readonly<Record<Saying["action"], string>> = {
  approved: "approved what was shown",
  rejected: "rejected what was shown",
  stopped: "stopped all writes",
  started: "let writes go on",
};

const sayingOf = (entry: Saying): string =>
  `${oneLine(entry.by)} ${sayings[entry.action]}${reasonOf(entry)}`;
