import { expect, test } from "vitest";
import { buildReport } from "../../src/report/report.ts";
import { rules } from "../../src/rules/index.ts";
import {
  answered,
  applied,
  chainOf,
  chat,
  empty,
  finding,
  idOf,
  intended,
  sample,
  verified,
} from "./sample.ts";

const sum = (counts: object): number =>
  Object.values(counts).reduce((all: number, it: number) => all + it, 0);

test("every judged resource counts once, as the worst that any rule says", () => {
  const { totals } = buildReport(sample);
  expect(totals.byWorst).toEqual({ violation: 1, unknown: 1, compliant: 1, "not-applicable": 0 });
  expect(sum(totals.byWorst)).toBe(totals.resources);
});

test("a resource that no rule spoke of is not compliant", () => {
  const [one] = sample.resources;
  const resources = one ? [{ ...one, verdicts: {} }] : [];
  expect(buildReport({ ...empty, resources }).totals.byWorst).toMatchObject({
    compliant: 0,
    "not-applicable": 1,
  });
});

test("every rule of the catalogue has its posture, what is worse first", () => {
  const { posture } = buildReport(sample);
  expect(posture.map((it) => it.id).sort()).toEqual(rules.map((it) => it.id).sort());
  expect(posture[0]).toMatchObject({
    id: "account-public-network-access-disabled",
    counts: { violation: 1, unknown: 0, compliant: 1, "not-applicable": 0 },
  });
  expect(posture[1]?.counts.unknown).toBe(1);
  expect(posture.at(-1)?.severity).toBe("high");
});

test("findings stand under their rule: severity first, then how many, violations before unknowns", () => {
  const minor = { ruleId: "minor", severity: "low" } as const;
  const report = buildReport({
    ...empty,
    findings: [
      finding({ ...minor, resourceId: idOf("Microsoft.Search/searchServices/a") }),
      finding({ ...minor, resourceId: idOf("Microsoft.Search/searchServices/b") }),
      finding({ ruleId: "one", verdict: { status: "unknown", because: "?" } }),
      finding({ ruleId: "two", verdict: { status: "unknown", because: "?" } }),
      finding({ ruleId: "two", resourceId: idOf("Microsoft.Search/searchServices/z") }),
    ],
  });
  expect(report.findings.map((it) => it.ruleId)).toEqual(["two", "one", "minor"]);
  expect(report.findings[0]?.findings.map((it) => it.verdict.status)).toEqual([
    "violation",
    "unknown",
  ]);
  expect(report.totals.findings).toBe(5);
});

test("held are exactly the findings that wait for a person", () => {
  const { held, totals } = buildReport(sample);
  expect(held.map((it) => it.id)).toEqual(["0123456789abcdef"]);
  expect(totals.held).toBe(1);
});

test("a repair tells what was wrong, who was seen, what was sent and what changed", () => {
  const { repaired, notRepaired } = buildReport(sample);
  expect(notRepaired).toEqual([]);
  expect(repaired).toEqual([
    {
      remediationId: "remediation-1",
      resourceId: chat,
      ruleId: "account-public-network-access-disabled",
      outcome: "repaired",
      wrong: "Public network access is Enabled.",
      seen: intended.seen,
      writes: [
        {
          at: "2026-11-23T10:00:00.000Z",
          title: "Disable public network access",
          request: intended.request,
        },
      ],
      changes: [{ path: "properties.publicNetworkAccess", before: "Enabled", after: "Disabled" }],
      beganAt: "2026-11-23T10:00:00.000Z",
      lastAt: "2026-11-23T10:00:43.000Z",
    },
  ]);
});

test("only what was verified counts as repaired; the last record says how it ended", () => {
  const because = "ARM took it, and the rule still objects.";
  const ends = [
    [chainOf(intended), "under way"],
    [chainOf(intended, applied), "under way"],
    [chainOf(intended, { action: "refused", because }), "refused"],
    [chainOf(intended, applied, { action: "failed", because }), "failed"],
    [chainOf(intended, applied, { action: "failed", because, restored: true }), "put back"],
    [chainOf(intended, { action: "resumed", because }), "under way"],
  ] as const;
  for (const [activity, outcome] of ends) {
    const { repaired, notRepaired } = buildReport({ ...empty, activity });
    expect(repaired, outcome).toEqual([]);
    expect(notRepaired.map((it) => it.outcome)).toEqual([outcome]);
  }
  const tried = chainOf(intended, { action: "refused", because }, intended, applied, verified);
  expect(buildReport({ ...empty, activity: tried }).totals).toMatchObject({
    repaired: 1,
    notRepaired: 0,
  });
});

test("a repair whose answer was never heard says so, and one that began before the window stands", () => {
  const [, , last] = chainOf(intended, applied, { ...verified, sent: "unknown" });
  const [repair] = buildReport({ ...empty, activity: last ? [last] : [] }).repaired;
  expect(repair).toMatchObject({ sent: "unknown", wrong: "", writes: [] });
});

test("what was deleted and made again is compared with what stood there before", () => {
  const nodes = (enableNodePublicIp: boolean) => ({
    properties: { computeType: "AmlCompute", properties: { enableNodePublicIp, vmSize: "NC24" } },
  });
  const remove = { method: "DELETE", url: `${chat}?api-version=2025-06-01` } as const;
  const activity = chainOf(
    { ...intended, request: remove, before: { location: "westeurope", ...nodes(true) } },
    applied,
    { ...intended, step: 1, before: null },
    { ...applied, step: 1 },
    { ...verified, step: 1, after: { location: null, ...nodes(false) } },
  );
  expect(buildReport({ ...empty, activity }).repaired[0]?.changes).toEqual([
    { path: "properties.properties.enableNodePublicIp", before: true, after: false },
  ]);
});

test("what people said is told, and is no repair", () => {
  const { answers, repaired, notRepaired } = buildReport({ ...empty, activity: [answered] });
  expect(answers.map((it) => it.action)).toEqual(["approved"]);
  expect([...repaired, ...notRepaired]).toEqual([]);
});

test("the order in which records, findings and resources come changes nothing", () => {
  const turned = buildReport({
    ...sample,
    resources: [...sample.resources].reverse(),
    findings: [...sample.findings].reverse(),
    activity: [...sample.activity].reverse(),
  });
  expect(JSON.stringify(turned)).toBe(JSON.stringify(buildReport(sample)));
});

test("the JSON form loses nothing", () => {
  const report = buildReport(sample);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
