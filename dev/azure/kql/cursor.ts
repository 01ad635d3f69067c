import { type Token, tokensOf } from "./tokens.ts";

/** Why a query is refused, as Resource Graph tells it (public: aztfexport 485). */
export type Failure = Readonly<{
  code: "ParserFailure" | "InvalidQueryLanguage" | "DisallowedLogicalTableName";
  line: number;
  /** From 0. */
  characterPositionInLine: number;
  token: string;
  expectedToken?: string;
  /** The subset here lacks it; Azure has it. */
  isOurs?: true;
}>;

export type Cursor = Readonly<{
  peek(): Token;
  next(): Token;
  /** Goes on if this is what comes next. */
  takes(...words: string[]): boolean;
  expect(word: string): void;
  /** Ends the parse at a token; absent: at the next one. */
  fail(expected?: string, at?: Token): never;
  /** Ends it at what may be no mistake of the query's. */
  refuse(code: Failure["code"], isOurs: boolean): never;
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
  const fail = (expected?: string, token = peek()): never =>
    end({ code: "ParserFailure", ...placeOf(token), ...(expected && { expectedToken: expected }) });
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
    refuse(code, isOurs) {
      // public: azure-powershell 13762
      const nowhere = code === "InvalidQueryLanguage" && { line: -1, characterPositionInLine: -1 };
      return end({ code, ...placeOf(peek()), ...nowhere, ...(isOurs && { isOurs }) });
    },
  };
}

const placeOf = ({ line, column, text }: Token) => ({
  line,
  characterPositionInLine: column,
  token: text,
});

/** `parseQuery` catches it. */
function end(failure: Failure): never {
  throw new Error("ParserFailure", { cause: failure });
}

/** One or more of a kind, with commas between. */
export function listOf<Item>(cursor: Cursor, parse: () => Item): Item[] {
  const items = [parse()];
  while (cursor.takes(",")) items.push(parse());
  return items;
}
