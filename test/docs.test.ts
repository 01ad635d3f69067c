import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../src/rules/index.ts";

/** docs/rules.md is written from the rules' own words: `npx vitest run test/docs.test.ts -u`. */
test("docs/rules.md says what the rules say", async () => {
  const pages = rules.map((it) =>
    [
      `## ${it.id}`,
      "",
      `${it.title}. ${it.why}`,
      "",
      `* type: \`${it.resourceType}\`, severity ${it.severity}`,
      `* controls: ${it.controls.join(", ")}`,
      `* ${it.reference}`,
      ...(it.fix
        ? [
            `* repairs it, once these hold: ${it.fix.guards.map((one) => one.title).join("; ")}`,
            `* needs: ${it.fix.permissions.map((one) => `\`${one}\``).join(", ")}`,
          ]
        : ["* a person must repair it"]),
      "",
    ].join("\n"),
  );
  const text = `# Rules\n\nWritten from the rules' own words; a test keeps it true.\n\n${pages.join("\n")}`;
  await expect(text).toMatchFileSnapshot("../docs/rules.md");
});

test("every rule has a name of its own, and its words", () => {
  expect(new Set(rules.map((it) => it.id)).size).toBe(rules.length);
  for (const it of rules) {
    expect(it.why).toMatch(/\.$/);
    expect(it.reference).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    expect(it.controls.length).toBeGreaterThan(0);
  }
});

/** A key that nobody can look up is no source. */
test("docs/sources.md has every source that the local Azure and its tests cite", () => {
  const page = readFileSync("docs/sources.md", "utf8");
  const known = [...page.matchAll(/^\| ([^|]+?) \|/gm)].map((it) => it[1]);
  const files = ["dev/azure", "test/dev/azure"].flatMap((it) => globSync(`${it}/**/*.ts`));
  const cited = files.flatMap((it) => keysIn(readFileSync(it, "utf8")));
  expect(new Set(cited).size).toBeGreaterThan(60);
  expect([...new Set(cited)].filter((it) => !known.includes(it))).toEqual([]);
});

function keysIn(text: string): string[] {
  const claims = [...text.matchAll(/\bclaims? (\d+(?:(?:, | to | and )\d+)*)/gi)].flatMap((it) =>
    (it[1]?.match(/\d+/g) ?? []).map((one) => `claim ${one}`),
  );
  const named = text.match(
    /\b(?:general|accounts|fact) \d+\b|\b(?:manners|arm) \d[\d.]*\d|\barm \d\b/g,
  );
  const shapes = text.match(/\bF[1-9]\b|\b1[a-e]\b(?=[:;,." ])/g);
  return [...claims, ...(named ?? []), ...(shapes ?? [])];
}
