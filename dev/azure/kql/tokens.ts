export type Token = Readonly<{
  kind: "name" | "text" | "number" | "sign" | "end" | "odd";
  /** As written; of the end: `<EOF>`. */
  text: string;
  /** What a quoted text says. */
  value: string;
  /** From 1. */
  line: number;
  /** From 0. */
  column: number;
}>;

const pattern = new RegExp(
  [
    String.raw`(?<blank>\s+|//[^\n]*)`,
    String.raw`(?<text>'(?:[^'\\\n]|\\[\\'"nrt])*'|"(?:[^"\\\n]|\\[\\'"nrt])*")`,
    String.raw`(?<number>\d+)`,
    String.raw`(?<sign>!in~|!in\b|in~|==|=~|!=|!~|[|(),.[\]=])`,
    String.raw`(?<name>[A-Za-z_]\w*(?:-[a-z]+)*)`,
    String.raw`(?<odd>[^\n]+)`,
  ].join("|"),
  "gy",
);

/** Cuts a query; what belongs to no token is an odd one, up to the end of its line. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  for (const { 0: text, index, groups = {} } of query.matchAll(pattern)) {
    const kind = kinds.find((it) => groups[it] !== undefined);
    if (kind) tokens.push({ kind, text, value: spoken(text), line, column: index - lineStart });
    for (const { index: at } of text.matchAll(/\n/g)) {
      line += 1;
      lineStart = index + at + 1;
    }
  }
  const column = query.length - lineStart;
  return [...tokens, { kind: "end", text: "<EOF>", value: "", line, column }];
}

const kinds = ["name", "text", "number", "sign", "odd"] as const;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function spoken(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
