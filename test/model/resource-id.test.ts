import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/model/hash.ts";
import { contains, type Json } from "../../src/model/json.ts";
import { parentOf, parseResourceId } from "../../src/model/resource-id.ts";

const subscription = "00000000-0000-4000-8000-000000000001";
const name = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,20}$/)
  .filter((it) => !/^\.+$/.test(it));

test("whatever text comes, an id is parsed or the reason is said; nothing throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const id = parseResourceId(text);
      expect(typeof id === "string" ? id : id.id).not.toBe("");
    }),
  );
});

test("what is parsed is the id itself, and its parent is the resource above", () => {
  fc.assert(
    fc.property(name, name, name, (group, account, child) => {
      const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/${account}`;
      const inner = parseResourceId(`${id}/deployments/${child}`);
      expect(inner).toMatchObject({ type: "microsoft.cognitiveservices/accounts/deployments" });
      expect(typeof inner === "string" ? inner : parentOf(inner.id)).toBe(id);
    }),
  );
});

const json = fc.jsonValue() as fc.Arbitrary<Json>;

test("canonical JSON is the same for the same content in any order of keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (it) => {
      const turned = Object.fromEntries(Object.entries(it).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(it));
    }),
  );
});

test("everything contains itself, and texts in another case", () => {
  fc.assert(fc.property(json, (it) => contains(it, it)));
  expect(contains({ a: "Disabled", b: 1 }, { a: "disabled" })).toBe(true);
  expect(contains({ a: ["x"] }, { a: ["x", "y"] })).toBe(false);
  expect(
    contains({ idle: "PT2M" }, { idle: "PT120S" }),
    "recorded: durations come back otherwise",
  ).toBe(true);
});
