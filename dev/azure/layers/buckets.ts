export type Limit = Readonly<{ size: number; perSecond: number }>;

/** Token buckets by key: full at first, they refill steadily. */
export type Buckets = Readonly<{
  left(key: string, limit: Limit): number;
  /** Takes one; the caller has looked whether there is one. */
  take(key: string, limit: Limit): void;
}>;

/** "none": nothing is ever used up, and whoever asks sees what the first one would. */
export type Throttling = "recorded" | "none";

export function createBuckets(mode: Throttling, now: () => Date): Buckets {
  if (mode === "none") return { left: (_, { size }) => size - 1, take: () => {} };
  const known = new Map<string, { left: number; at: number }>();
  const filled = (key: string, { size, perSecond }: Limit) => {
    const at = now().getTime();
    const bucket = known.get(key) ?? { left: size, at };
    const gained = (Math.max(0, at - bucket.at) / 1000) * perSecond;
    const next = { left: Math.min(size, bucket.left + gained), at: Math.max(at, bucket.at) };
    known.set(key, next);
    return next;
  };
  return {
    left: (key, limit) => Math.floor(filled(key, limit).left),
    take(key, limit) {
      filled(key, limit).left -= 1;
    },
  };
}
