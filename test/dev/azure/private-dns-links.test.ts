import { describe, expect, test } from "vitest";
import { app, subscription, text } from "./local-azure.ts";
import {
  global,
  link,
  linkTo,
  network,
  version,
  vnet,
  withZone,
  zone,
} from "./private-dns-made.ts";

describe("links", () => {
  test("202 `{}`; the etag's quotes are part of the text; absent is named whole", () => {
    const { call, advance } = withZone();
    const { status, body, headers } = call("PUT", link, { body: linkTo(vnet) });
    expect([status, body, headers["retry-after"]], "1c: link 19 of 19").toEqual([202, {}, "30"]);
    expect(call("GET", link).body["properties"]?.["virtualNetworkLinkState"]).toBe("InProgress");
    advance(61);
    expect(call("GET", link).body, "ASO PrivateDnsZone 22").toEqual({
      id: link,
      name: "link",
      type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
      etag: expect.stringMatching(/^"[0-9a-f]{8}-0000-0100-0000-[0-9a-f]{12}"$/),
      location: "global",
      properties: {
        provisioningState: "Succeeded",
        registrationEnabled: false,
        virtualNetwork: { id: vnet },
        virtualNetworkLinkState: "Completed",
      },
    });
    const counted = call("GET", zone).body["properties"];
    expect(counted?.["numberOfVirtualNetworkLinks"]).toBe(1);
    expect(text(call("GET", `${link}x`)), "test_GetLink_LinkNotExists 6").toContain(
      "The Resource 'Microsoft.Network/privateDnsZones/contoso.test/virtualNetworkLinks/linkx'",
    );
  });

  test("registration: InProgress or Completed once the operation has succeeded, then Completed", () => {
    const seen = new Set<unknown>();
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { call, advance, send } = withZone({ seed });
      const one = `${link}${seed}`;
      const state = () => call("GET", one).body["properties"]?.["virtualNetworkLinkState"];
      const { headers } = call("PUT", one, { body: linkTo(vnet, { registrationEnabled: true }) });
      advance(31);
      while (send("GET", headers["azure-asyncoperation"] ?? "").status === 202) advance(1);
      advance(8);
      seen.add(state());
      advance(40);
      expect(state()).toBe("Completed");
    }
    expect(
      [...seen].toSorted(),
      "8 s after, PS 2019-07-15 and test_PatchLink_EnableRegistration",
    ).toEqual(["Completed", "InProgress"]);
  });

  test("registration turned off is Completed at once", () => {
    const { call, advance } = withZone();
    call("PUT", link, { body: linkTo(vnet, { registrationEnabled: true }) });
    advance(39);
    call("PATCH", link, { body: { properties: { registrationEnabled: false } } });
    const state = () => call("GET", link).body["properties"]?.["provisioningState"];
    while (String(state()) !== "Succeeded") advance(1); // earlier than turning it on would have ended
    expect(
      call("GET", link).body["properties"],
      "test_PatchLink_DisableRegistration 14",
    ).toMatchObject({
      registrationEnabled: false,
      virtualNetworkLinkState: "Completed",
    });
  });

  test("ends 12 to 38 s after it was accepted; the etag tells the second", () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const { call, advance } = withZone({ seed });
      const one = `${link}${seed}`;
      const secondsIn = () =>
        Number.parseInt(String(call("GET", one).body["etag"]).slice(-13, -5), 16);
      call("PUT", one, { body: linkTo(vnet) });
      const accepted = secondsIn();
      advance(60);
      return secondsIn() - accepted;
    });
    expect(
      Math.min(...seconds),
      "PUT 12 s after, test_PatchLink_UpdateResolutionPolicyToNxDomainRedirect",
    ).toBeGreaterThanOrEqual(12);
    expect(
      Math.max(...seconds),
      "PUT 38 s after, test_PatchLink_LinkExistsRemoveTags",
    ).toBeLessThanOrEqual(38);
    expect(new Set(seconds).size).toBeGreaterThan(3);
  });

  test("the policy of names that do not exist is kept, and replaced", () => {
    const { call, ended } = withZone();
    const named = `${network}/privateDnsZones/privatelink.openai.azure.com`;
    const one = `${named}/virtualNetworkLinks/l`;
    const policy = () => call("GET", one).body["properties"]?.["resolutionPolicy"];
    ended("PUT", named, { body: global });
    ended("PUT", one, { body: linkTo(vnet, { resolutionPolicy: "Default" }) });
    ended("PUT", one, { body: linkTo(vnet, { resolutionPolicy: "NxDomainRedirect" }) });
    expect(policy(), "test_PatchLink_UpdateResolutionPolicyToNxDomainRedirect").toBe(
      "NxDomainRedirect",
    );
  });

  test.each([
    ["privatelink.openai.azure.com", version, "Default", "PS 2024-10-22"],
    ["privatelink.openai.azure.com", "2020-06-01", undefined, "1c: absent at <=2020-06-01"],
    ["contoso.test", version, undefined, "1c: absent for other zones"],
  ])("resolutionPolicy of %s at %s: %s", (name, at, policy, source) => {
    const { call, ended } = withZone();
    const named = `${network}/privateDnsZones/${name}`;
    ended("PUT", named, { body: global });
    ended("PUT", `${named}/virtualNetworkLinks/l`, { body: linkTo(vnet) });
    const { body } = call("GET", `${named}/virtualNetworkLinks/l`, { version: at });
    expect(body["properties"]?.["resolutionPolicy"], source).toBe(policy);
  });

  test("what fails, fails inside the poll", () => {
    const { ended, azure, call } = withZone();
    azure.load([
      {
        id: `${subscription}/resourceGroups/other/providers/Microsoft.Network/privateDnsZones/contoso.test`,
      },
      { id: `${network}/privateDnsZones/second.test` },
    ]);
    const twin = `${subscription}/resourceGroups/other/providers/Microsoft.Network/privateDnsZones/contoso.test/virtualNetworkLinks/l`;
    const second = `${network}/privateDnsZones/second.test/virtualNetworkLinks/l`;
    const registering = linkTo(vnet, { registrationEnabled: true });
    expect(ended("PUT", link, { body: registering }).body["status"]).toBe("Succeeded");
    const failing = [
      [link, { "if-none-match": "*" }, linkTo(vnet), "PreconditionFailed", "PutLink 20"],
      [link, { "if-match": "x" }, linkTo(vnet), "PreconditionFailed", "PatchLink 13"],
      [twin, {}, linkTo(vnet), "BadRequest", "1c: public text"],
      [second, {}, registering, "Conflict", "1c: public text"],
      [second, {}, linkTo(`${vnet}x`), "BadRequest", "not recorded"],
    ] as const;
    for (const [id, headers, body, code, source] of failing) {
      const poll = ended("PUT", id, { headers, body });
      expect([poll.status, poll.body["status"], poll.body["error"]?.["code"]], source).toEqual([
        200,
        "Failed",
        code,
      ]);
    }
    expect(call("GET", twin).status).toBe(404);
    expect(ended("PUT", second, { body: linkTo(vnet) }).body["status"]).toBe("Succeeded");
  });

  test("whoever may not join the network is refused by ARM", () => {
    const { azure, call } = withZone();
    azure.grant(app, ["Microsoft.Network/privateDnsZones/*"], subscription);
    const refused = call("PUT", link, { as: app, body: linkTo(vnet) });
    expect(
      [refused.status, refused.body["error"]?.["code"]],
      "azure-docs private-dns-rbac",
    ).toEqual([403, "LinkedAuthorizationFailed"]);
  });
});
