export type Measurement = Readonly<{
  name: string;
  unit: "ms" | "bytes" | "lines" | "files" | "cycles";
  measured: number;
  /** The same without our code, in the same run. */
  floor?: number;
  /** The most that is allowed: of `measured`, or of its ratio to the floor. */
  most?: number;
  mostRatio?: number;
  note?: string;
}>;

export function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.slice(middle - 1 + (sorted.length % 2), middle + 1);
  return (low + high) / 2;
}

/** One line of JSON, at once. */
export function print(it: Measurement): void {
  const ratio = ratioOf(it);
  console.log(JSON.stringify({ ...it, ...(ratio !== undefined && { ratio }), ok: isMet(it) }));
}

/** All of them, for people; what misses its target says so. */
export function table(all: readonly Measurement[]): string {
  const head = ["measurement", "measured", "floor", "ratio", "target", ""];
  const rows = [head, ...all.map(rowOf)];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((it, i) => (i === 0 ? it.padEnd(widths[i] ?? 0) : it.padStart(widths[i] ?? 0)));
  return rows.map((row) => line(row).join("  ").trimEnd()).join("\n");
}

function rowOf(it: Measurement): string[] {
  const amount = (one: number | undefined) => (one === undefined ? "" : `${one} ${it.unit}`);
  const ratio = ratioOf(it);
  const target = it.mostRatio === undefined ? amount(it.most) : `× ${it.mostRatio}`;
  return [
    it.name,
    amount(it.measured),
    amount(it.floor),
    ratio === undefined ? "" : `× ${ratio}`,
    target && `≤ ${target}`,
    isMet(it) ? "" : "MISSED",
  ];
}

const ratioOf = ({ measured, floor }: Measurement): number | undefined =>
  floor ? Math.round((measured / floor) * 100) / 100 : undefined;

const isMet = (it: Measurement): boolean =>
  it.measured <= (it.most ?? Number.POSITIVE_INFINITY) &&
  (ratioOf(it) ?? 0) <= (it.mostRatio ?? Number.POSITIVE_INFINITY);

export const rounded = (ms: number): number => Math.round(ms * 10) / 10;
