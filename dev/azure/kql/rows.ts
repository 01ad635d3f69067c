import type { Row } from "./values.ts";

/** Rows that are made when they are asked for: a page of thousands is not a look at all of them. */
export type Rows = Readonly<{
  /** How many there are, which may need a look at all. */
  count(): number;
  /** Those from one place up to another one, which is left out. */
  slice(from: number, to: number): readonly Row[];
  /** The column in whose order they stand, upwards. */
  order?: string;
}>;

/** So many are looked at in one go. */
const chunk = 500;

export function all(rows: Rows): readonly Row[] {
  return rows.slice(0, Number.POSITIVE_INFINITY);
}

/** Made of all the rows before, once, and not before somebody asks. */
export function gathered(gather: () => readonly Row[]): Rows {
  let made: readonly Row[] | undefined;
  const rows = (): readonly Row[] => {
    made ??= gather();
    return made;
  };
  return { count: () => rows().length, slice: (from, to) => rows().slice(from, to) };
}

export function mapped(rows: Rows, map: (row: Row) => Row, order: string | undefined): Rows {
  return {
    count: rows.count,
    slice: (from, to) => rows.slice(from, to).map(map),
    ...(order !== undefined && { order }),
  };
}

/** No row is looked at twice, nor before it must be. */
export function sieved(rows: Rows, keeps: (row: Row) => boolean): Rows {
  const kept: Row[] = [];
  let seen = 0;
  let isDone = false;
  const look = (enough: number): void => {
    while (!isDone && kept.length < enough) {
      const next = rows.slice(seen, seen + chunk);
      for (const row of next) if (keeps(row)) kept.push(row);
      seen += next.length;
      isDone = next.length < chunk;
    }
  };
  return {
    count() {
      look(Number.POSITIVE_INFINITY);
      return kept.length;
    },
    slice(from, to) {
      look(to);
      return kept.slice(from, to);
    },
    ...(rows.order !== undefined && { order: rows.order }),
  };
}

export function limited(rows: Rows, most: number): Rows {
  return {
    ...rows,
    count: () => rows.slice(0, most).length,
    slice: (from, to) => rows.slice(Math.min(from, most), Math.min(to, most)),
  };
}
