import { expect, test } from "vitest";
import type { Entry } from "../../src/model/audit-record.ts";
import { timeline } from "../../src/report/timeline.ts";
import {
  describeApproval,
  describeDecision,
  describeEntry,
  describeRequest,
  describeVerdict,
  shortName,
} from "../../src/report/words.ts";
import {
  answered,
  applied,
  at,
  chainOf,
  chat,
  cluster,
  finding,
  intended,
  verified,
} from "./sample.ts";

test("a short name keeps the names along the way, and never fails", () => {
  for (const [id, name] of [
    [chat, "contoso-chat"],
    [chat.toUpperCase(), "CONTOSO-CHAT"],
    [cluster, "research/gpu-cluster"],
    ["", "all of Airlock"],
    ["/subscriptions/x (all)", "/subscriptions/x (all)"],
    ["a\u001b[31m\u202eb", "a [31m b"],
  ] as const)
    expect(shortName(id)).toBe(name);
});

test("each decision and verdict has its words", () => {
  for (const [decision, text] of [
    [{ do: "nothing", because: "compliant" }, "Nothing to do: compliant"],
    [{ do: "report", because: "A person must." }, "Only reported: A person must."],
    [{ do: "hold", because: "Ask." }, "Held: Ask."],
    [{ do: "apply", because: "It was compliant before." }, "Is repaired: It was compliant before."],
    [{ do: "wait", because: "Busy.", afterSeconds: 30 }, "Waits 30 s: Busy."],
    [{ do: "wait", because: "Busy.", afterSeconds: 300 }, "Waits 5 min: Busy."],
    [{ do: "wait", because: "Busy.", afterSeconds: 7200 }, "Waits 2 h: Busy."],
    [{ do: "wait", because: "Busy." }, "Waits: Busy."],
  ] as const)
    expect(describeDecision(decision)).toBe(text);
  for (const [verdict, text] of [
    [{ status: "compliant" }, "Compliant."],
    [{ status: "not-applicable" }, "The rule does not apply."],
    [{ status: "violation", because: "Open." }, "Open."],
    [{ status: "unknown", because: "Forbidden" }, "Unknown: Forbidden"],
  ] as const)
    expect(describeVerdict(verdict)).toBe(text);
});

test("a request shows what its query asks for, without its version", () => {
  const url = `${cluster}?api-version=2025-06-01&underlyingResourceAction=Delete`;
  expect(describeRequest({ method: "DELETE", url })).toBe(
    "DELETE research/gpu-cluster underlyingResourceAction=Delete",
  );
  expect(describeRequest(intended.request)).toBe(
    'PATCH contoso-chat {"properties":{"publicNetworkAccess":"Disabled"}}',
  );
});

test("each audit entry is one sentence", () => {
  const title = "Disable public network access";
  const because = "Forbidden\n(by a lock)";
  const records = chainOf(
    intended,
    applied,
    verified,
    { ...verified, sent: "unknown" },
    { action: "refused", because },
    { action: "resumed", because },
    { action: "failed", because },
    { action: "failed", because, restored: true },
  );
  expect(records.map((it) => describeEntry(it.entry))).toEqual([
    `${title}: Public network access is Enabled. Sending PATCH contoso-chat {"properties":{"publicNetworkAccess":"Disabled"}}`,
    `${title}: ARM took it (HTTP 202).`,
    `${title}: read back, and the rule is content.`,
    `${title}: read back, and the rule is content. ARM's answer to our write is not known.`,
    `${title}: refused. Forbidden (by a lock)`,
    `${title}: taken up again. Forbidden (by a lock)`,
    `${title}: failed. Forbidden (by a lock)`,
    `${title}: failed. Forbidden (by a lock) What it was before was put back.`,
  ]);
  const { shown: _, ...said } = { shown: "", ...answered.entry };
  for (const [action, reason, text] of [
    ["approved", "Agreed.", "approved what was shown: Agreed."],
    ["rejected", "", "rejected what was shown."],
    ["stopped", "Fire", "stopped all writes: Fire."],
    ["started", "It is out!", "let writes go on: It is out!"],
  ] as const)
    expect(describeEntry({ ...said, action, reason, by: "lee", shown: "" } as Entry)).toBe(
      `lee ${text}`,
    );
});

test("an answer that no longer counts is said to be so", () => {
  const approval = {
    shown: "shown-1",
    answer: "reject",
    by: "lee",
    reason: "Not now",
    at: "2026-11-20T00:00:00.000Z",
    until: "2026-11-27T00:00:00.000Z",
  } as const;
  const text = "lee rejected it on 2026-11-20: Not now.";
  const lost = "That no longer counts:";
  expect(describeApproval(finding({ approval }), at)).toBe(text);
  expect(describeApproval(finding({ approval, shown: "shown-2" }), at)).toBe(
    `${text} ${lost} what was shown has changed.`,
  );
  expect(describeApproval(finding({ approval }), approval.until)).toBe(
    `${text} ${lost} it ran out on 2026-11-27.`,
  );
  expect(describeApproval(finding(), at)).toBe("");
});

test("a timeline tells who, what was wrong, what was sent, before and after, and the proof", () => {
  const records = [...chainOf(intended, applied, verified), answered].reverse();
  const lines = timeline(records);
  expect(lines.map((it) => `${it.at.slice(11, 19)} ${it.what}: ${it.text}`)).toEqual([
    "10:00:00 seen: dana@contoso.com (203.0.113.7), as an event claimed",
    "10:00:00 wrong: Public network access is Enabled.",
    '10:00:00 before: {"properties":{"publicNetworkAccess":"Enabled"}}',
    '10:00:00 send: Disable public network access: PATCH contoso-chat {"properties":{"publicNetworkAccess":"Disabled"}}',
    "10:00:00 answer: Disable public network access: ARM took it (HTTP 202).",
    '10:00:43 after: {"properties":{"publicNetworkAccess":"Disabled"}}',
    "10:00:43 proof: Disable public network access: read back, and the rule is content.",
    "09:00:00 person: lee (command line) approved what was shown: The team agreed.",
  ]);
  expect(timeline([])).toEqual([]);
});

test("what did not end well stands in the timeline", () => {
  const because = "Interrupted before it took effect.";
  const records = chainOf(
    { action: "refused", because },
    { action: "resumed", because },
    { action: "failed", because },
  );
  expect(timeline(records).map((it) => it.what)).toEqual(["answer", "end", "end"]);
});
