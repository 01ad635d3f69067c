import { describe, expect, test } from "vitest";
import { account, withAccount } from "./cognitive-made.ts";

/** Below what the judge knows. */
const unjudged = { isUnjudged: true } as const;

describe("accounts: what they show", () => {
  test("a sub-domain by PATCH rewrites the endpoints in the answer already", () => {
    const { call, advance } = withAccount("FormRecognizer", {});
    expect(call("GET", account).body["properties"]?.["endpoint"], "cdom 8").toBe(
      "https://southcentralus.api.cognitive.microsoft.com/",
    );
    const answer = call("PATCH", account, { body: { properties: { customSubDomainName: "x" } } });
    expect(answer.body["properties"], "cdom 10").toMatchObject({
      endpoint: "https://x.cognitiveservices.azure.com/",
      endpoints: { FormRecognizer: "https://x.cognitiveservices.azure.com/" },
    });
    advance(1);
    expect(call("GET", account).body["properties"]?.["provisioningState"], "cdom: 0 s").toBe(
      "Succeeded",
    );
  });

  test("Foundry accounts answer under three hosts", () => {
    const { call } = withAccount("AIServices");
    expect(call("GET", account).body["properties"]?.["endpoints"], "accounts 13").toMatchObject({
      "AI Foundry API": "https://acc.services.ai.azure.com/",
      "OpenAI Language Model Instance API": "https://acc.openai.azure.com/",
      "Content Safety": "https://acc.cognitiveservices.azure.com/",
    });
  });

  test.each([
    ["AIServices", { qnaAzureSearchEndpointKey: null }, "mn 4"],
    ["TextAnalytics", { qnaAzureSearchEndpointKey: null }, "pe 4"],
    ["OpenAI", {}, "nsp 2"],
    ["FormRecognizer", undefined, "cdom 3"],
  ])("apiProperties of %s: %j", (kind, shown, source) => {
    const { call } = withAccount(kind, { customSubDomainName: "acc" });
    const own = () => call("GET", account).body["properties"]?.["apiProperties"];
    expect(own(), source).toEqual(shown);
  });

  test("keys of apiProperties never come back", () => {
    const secret = "Endpoint=sb://a;SharedAccessKeyName=b;SharedAccessKey=c";
    const sent = { statisticsEnabled: true, eventHubConnectionString: secret };
    const { call } = withAccount("Personalizer", { apiProperties: sent });
    expect(call("GET", account).body["properties"]?.["apiProperties"], "accounts 14").toEqual({
      statisticsEnabled: true,
      eventHubConnectionString: null,
    });
  });

  const subnet = { id: "/subscriptions/s/subnets/a", ignoreMissingVnetServiceEndpoint: true };
  const acls = { defaultAction: "Deny", virtualNetworkRules: [{ ...subnet, state: "Succeeded" }] };

  test("networkAcls are kept as sent, without defaults; arrays are replaced", () => {
    const { call, advance } = withAccount("FormRecognizer");
    const shown = () => call("GET", account).body["properties"]?.["networkAcls"];
    const patch = (networkAcls: object) => {
      call("PATCH", account, { body: { properties: { networkAcls } } });
      advance(60);
    };
    patch(acls);
    expect(shown(), "spa 2: no ipRules; nr 21: no state").toEqual({
      defaultAction: "Deny",
      virtualNetworkRules: [subnet],
    });
    expect(
      call("GET", account).body["properties"]?.["publicNetworkAccess"],
      "nr 18 to 71: stays Enabled",
    ).toBe("Enabled");
    patch({ ...acls, virtualNetworkRules: [] });
    expect(shown()?.["virtualNetworkRules"], "nr 42, 48").toEqual([]);
  });

  test("disableLocalAuth is absent until it was set, and false from then on", () => {
    const { call, advance } = withAccount("Face");
    const shown = () => call("GET", account).body["properties"]?.["disableLocalAuth"];
    expect(shown(), "dla").toBeUndefined();
    call("PATCH", account, { body: { properties: { disableLocalAuth: false } } });
    advance(60);
    expect(shown(), "dla 3").toBe(false);
  });

  test("the api-version filters what is shown", () => {
    const { call } = withAccount();
    const old = call("GET", account, { version: "2017-04-18", ...unjudged }).body;
    expect(old, "c7n 10").not.toHaveProperty("systemData");
    expect(old["properties"], "c7n 10").not.toHaveProperty("endpoints");
    expect(old["properties"]?.["publicNetworkAccess"], "c7n 10").toBe("Enabled");
    expect(call("GET", account).body["properties"]?.["allowProjectManagement"], "accounts 10").toBe(
      false,
    );
  });

  test("no kind manages projects unless it was said", () => {
    const shown = (version: string) =>
      withAccount("FormRecognizer").call("GET", account, { version }).body["properties"];
    expect(shown("2025-09-01")?.["allowProjectManagement"], "accounts 15").toBe(false);
    expect(shown("2023-05-01"), "accounts 10").not.toHaveProperty("allowProjectManagement");
  });

  test("Foundry logs for agents, as this year's previews say", () => {
    const { call } = withAccount("AIServices");
    const shown = (version: string) =>
      call("GET", account, { version, ...unjudged }).body["properties"];
    expect(shown("2026-01-15-preview"), "accounts 18").toMatchObject({
      a365LoggingEnabled: true,
      a365Status: "Enabled",
    });
    expect(shown("2025-06-01"), "aso1 3").not.toHaveProperty("a365Status");
  });

  test("speech without a sub-domain: the region's hosts", () => {
    const { call } = withAccount("SpeechServices", {});
    const shared = "https://southcentralus.api.cognitive.microsoft.com/";
    expect(call("GET", account).body["properties"], "accounts 17").toMatchObject({
      endpoint: shared,
      endpoints: {
        Token: shared,
        "Speech Services Speech to Text (Standard)":
          "https://southcentralus.stt.speech.microsoft.com",
      },
    });
  });

  const foundry = {
    customSubDomainName: "acc",
    allowProjectManagement: true,
    amlWorkspace: { resourceId: "/subscriptions/s/w" },
    networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
  };
  test.each([
    ["2023-05-01", ["amlWorkspace", "allowProjectManagement"], ["endpoints"], false],
    ["2024-10-01", ["allowProjectManagement"], ["amlWorkspace"], true],
    ["2025-06-01", [], ["amlWorkspace", "allowProjectManagement"], true],
  ] as const)("at %s without %j", (version, absent, present, hasBypass) => {
    const { call } = withAccount("AIServices", foundry);
    const { body } = call("GET", account, { version });
    const shown = Object.keys(body["properties"] ?? {});
    expect(shown, "specification").toEqual(expect.arrayContaining([...present]));
    expect(
      absent.filter((it) => shown.includes(it)),
      "specification",
    ).toEqual([]);
    const own = body["properties"]?.["networkAcls"];
    expect("bypass" in (own ?? {}), "specification: nr 21 has none either").toBe(hasBypass);
  });
});
