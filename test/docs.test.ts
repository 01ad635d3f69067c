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
