import { expect, test } from "vitest";
import { guard, rule } from "../../src/model/rule.ts";
import { compliant, violation } from "../../src/model/verdict.ts";
import { accountPublicNetworkAccessDisabled } from "../../src/rules/cognitive-services/public-network-access-disabled.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { open } from "../support/scenes.ts";

const words = {
  severity: "low",
  why: "W.",
  reference: "https://example.com",
  controls: [],
  resourceType: "microsoft.cognitiveservices/accounts",
} as const;

const throwing = rule({
  ...words,
  id: "throws",
  title: "Throws",
  check() {
    throw new Error("a bug");
  },
});

test("a rule that throws answers unknown, is reported, and stops no other", async () => {
  const rules = [throwing, accountPublicNetworkAccessDisabled];
  const laptop = createLaptop({ estate: [account()], rules });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  const remembered = await laptop.recall(accountId);
  expect(remembered?.memory.rules["throws"]?.status).toBe("unknown");
  expect(remembered?.memory.rules["throws"]?.compliantAt).toBeUndefined();
  expect(remembered?.findings[0]).toMatchObject({ ruleId: "throws", decision: { do: "report" } });
  expect((await laptop.records(accountId)).at(-1)?.entry.action).toBe("verified");
});

test("what may not be read is reported as unknown and not repaired", async () => {
  const laptop = createLaptop({ estate: [account({ publicNetworkAccess: "Enabled" })] });
  const body = { error: { code: "AuthorizationFailed", message: "No." } };
  laptop.azure.faults.add({ method: "GET", answer: { status: 403, body } });
  await laptop.look(accountId);
  await laptop.run(3600);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  expect(finding?.verdict).toMatchObject({ status: "unknown" });
  expect(finding?.decision.do).toBe("report");
  expect(laptop.writes()).toEqual([]);
});

test("a guard that cannot be read is not content", async () => {
  const unreadable = guard<typeof words.resourceType, "locks">({
    id: "locks-read",
    title: "Locks could be read",
    needs: ["locks"],
    yieldsTo: [],
    check: () => compliant,
  });
  const guarded = rule({
    ...words,
    id: "guarded",
    title: "Guarded",
    check: ({ properties }) =>
      properties.publicNetworkAccess === "Disabled" ? compliant : violation("Open."),
    fix: {
      impact: () => "none",
      reachability: "proven",
      guards: [unreadable],
      permissions: [],
      steps: ({ id }) => [
        {
          title: "Close",
          request: { method: "PATCH", url: `${id}?api-version=2025-06-01`, body: {} },
        },
      ],
    },
  });
  const laptop = createLaptop({
    estate: [account({ publicNetworkAccess: "Enabled" })],
    rules: [guarded],
  });
  const body = { error: { code: "AuthorizationFailed", message: "No." } };
  laptop.azure.faults.add({ urlIncludes: "/locks", answer: { status: 403, body } });
  await laptop.look(accountId);
  await laptop.run(3600);
  const [finding] = (await laptop.recall(accountId))?.findings ?? [];
  expect(finding?.decision).toMatchObject({ do: "hold" });
  expect(finding?.decision.because).toContain("Could not read locks");
  expect(laptop.writes()).toEqual([]);
});
