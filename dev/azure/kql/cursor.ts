import { type Token, tokensOf } from "./tokens.ts";

/** Why a query is refused, as Resource Graph tells it (public: aztfexport 485). */
export type Failure = Readonly<{
  line: number;
  /** From 0. */
  characterPositionInLine: number;
  token: string;
  expectedToken?: string;
}>;

export type Cursor = Readonly<{
  peek(): Token;
  next(): Token;
  /** Goes on if this is what comes next. */
  takes(...words: string[]): boolean;
  expect(word: string): void;
  /** Ends the parse at a token; absent: at the next one. */
  fail(expected?: string, at?: Token): never;
}>;

export function cursorOver(query: string): Cursor {
  const tokens = tokensOf(query);
  const last = tokens.at(-1);
  let at = 0;
  const peek = (): Token => tokens[at] ?? (last as Token);
  const is = (word: string, ahead: number): boolean => {
    const token = tokens[at + ahead];
    return token?.text === word && token.kind !== "text";
  };
  const takes = (...words: string[]): boolean => {
    const isNext = words.every(is);
    if (isNext) at += words.length;
    return isNext;
  };
  const fail = (expected?: string, token = peek()): never => {
    const failure: Failure = {
      line: token.line,
      characterPositionInLine: token.column,
      token: token.text,
      ...(expected !== undefined && { expectedToken: expected }),
    };
    throw new Error("ParserFailure", { cause: failure });
  };
  return {
    peek,
    next() {
      const token = peek();
      at += 1;
      return token;
    },
    takes,
    expect: (word) => (takes(word) ? undefined : fail(word)),
    fail,
  };
}

/** One or more of a kind, with commas between. */
export function listOf<Item>(cursor: Cursor, parse: () => Item): Item[] {
  const items = [parse()];
  while (cursor.takes(",")) items.push(parse());
  return items;
}
