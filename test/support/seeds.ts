/** Random ones, or the one that AIRLOCK_SEED names: `AIRLOCK_SEED=n npx vitest run FILE` plays it again. */
export function seedsOf(count: number): readonly number[] {
  const given = process.env["AIRLOCK_SEED"];
  if (given !== undefined) return [Number(given)];
  const first = Math.floor(Math.random() * 1e9);
  return Array.from({ length: count }, (_, n) => first + n);
}
