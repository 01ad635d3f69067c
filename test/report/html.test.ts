import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { leadOf, reportPage } from "../../src/report/html.tsx";
import { buildReport, type ReportInput } from "../../src/report/report.ts";
import { applied, chainOf, chat, empty, finding, intended, sample } from "./sample.ts";

const page = (input: ReportInput, tenant?: string) => reportPage(buildReport(input), tenant);

test("the page needs nothing else, and its policy allows only its own style", () => {
  const html = page(sample);
  expect(html.startsWith("<!doctype html><html")).toBe(true);
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\ssrc=|\son\w+=|url\(|@import/i);
});

test("names and reasons stay text", () => {
  const evil = `</bdi><script>alert("1")</script><img src=x onerror=alert(1)>'&`;
  const bidi = "\u202Egnp.exe\u2028next\u0007";
  const html = page(
    {
      ...sample,
      sweepId: evil,
      subscriptions: [evil],
      findings: [
        finding({
          title: evil,
          ruleId: evil,
          verdict: { status: "violation", because: evil + bidi },
          decision: { do: "hold", because: evil },
          objections: [evil, `${evil}2`],
          approval: { shown: "x", answer: "reject", by: evil, reason: evil, at: evil, until: evil },
          since: evil,
        }),
      ],
      activity: chainOf({ ...intended, because: evil, seen: [{ claimedBy: evil, appId: evil }] }),
      notEvaluated: [{ resourceId: `/${evil}`, because: evil }],
    },
    evil,
  );
  expect(html).not.toMatch(/<script|<img/);
  expect(html).not.toMatch(/[[\p{Bidi_Control}\p{Cc}\p{Zl}]--[\n]]/v);
  expect(html).toContain("&lt;script>");
});

test("links lead into the portal only when the tenant is known", () => {
  expect(page(sample)).not.toContain("portal.azure.com");
  const html = page(sample, "contoso.onmicrosoft.com");
  expect(html).toContain(
    `href="https://portal.azure.com/#@contoso.onmicrosoft.com/resource${chat}"`,
  );
  const odd = [{ resourceId: "/subscriptions/x (all)", because: "Forbidden" }];
  expect(page({ ...empty, notEvaluated: odd }, "t")).not.toContain("portal.azure.com");
});

test("a held finding shows its reason, every request word for word, and how to answer", () => {
  const html = page({
    ...sample,
    findings: [finding({ objections: ["It has projects without a network."] })],
  });
  expect(html).toContain("a first closing waits for a person.");
  expect(html).toContain("It has projects without a network.");
  expect(html).toContain(`PATCH ${chat}?api-version=2025-06-01`);
  expect(html).toContain(
    "{&quot;properties&quot;:{&quot;publicNetworkAccess&quot;:&quot;Disabled&quot;}}",
  );
  expect(html).toContain("airlock approve 0123456789abcdef --reason");
  expect(html).toContain("Callers may be cut off.");
});

test("a reason is said once", () => {
  const html = page(sample);
  expect(html.split("Could not read workspace: Forbidden")).toHaveLength(2);
  expect(html).toContain("Only reported.");
});

test("repairs, answers and what was left out are told", () => {
  const html = page({ ...sample, activity: [...sample.activity] });
  for (const text of [
    "publicNetworkAccess: Enabled → Disabled",
    "dana@contoso.com (203.0.113.7), as an event claimed",
    "lee (command line) approved what was shown: The team agreed.",
    "It is being worked on.",
  ])
    expect(html).toContain(text);
  expect(html).not.toContain("Begun and not repaired");
  const open = page({ ...empty, activity: chainOf(intended, applied) });
  expect(open).toContain("Under way when the report was made.");
});

test("what is empty is said in words", () => {
  const html = page(empty);
  for (const text of [
    "There was no resource to judge.",
    "Nothing is held.",
    "No finding is open.",
    "Nothing was repaired since the last report.",
    "Nobody approved, rejected or stopped anything",
    "Nothing was left out.",
    "no resource.",
  ])
    expect(html).toContain(text);
});

test("every table has a caption and every header cell a scope", () => {
  const html = page(sample);
  const count = (pattern: RegExp) => [...html.matchAll(pattern)].length;
  expect(count(/<table>/g)).toBeGreaterThan(4);
  expect(count(/<table><caption>/g)).toBe(count(/<table>/g));
  expect(count(/<th scope="(col|row)"/g)).toBe(count(/<th[\s>]/g));
});

test("the first sentence calls nothing fine that was not judged so", () => {
  const totals = buildReport(empty).totals;
  const fine = { ...totals.byWorst, compliant: 3 };
  const clean = { ...totals, resources: 3, byWorst: fine };
  const praise = "No rule objects to any of them.";
  expect(leadOf(clean)).toBe(`3 resources were judged. ${praise}`);
  for (const doubt of [
    totals,
    { ...clean, notEvaluated: 1 },
    { ...clean, byWorst: { ...fine, unknown: 1 } },
    { ...clean, byWorst: { ...fine, violation: 1 } },
  ])
    expect(leadOf(doubt)).not.toContain(praise);
  expect(leadOf(buildReport(sample).totals)).toBe(
    "3 resources were judged. 1 breaks at least one rule. 1 could not be judged fully. " +
      "1 could not be evaluated at all. 1 repair waits for a person.",
  );
});
