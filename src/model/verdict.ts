/** `unknown` is an answer of its own: reported, never repaired, never counted as compliant. */
export type Verdict =
  | Readonly<{ status: "compliant" | "not-applicable" }>
  | Readonly<{ status: "violation" | "unknown"; because: string; path?: string }>;

export const compliant: Verdict = { status: "compliant" };
export const notApplicable: Verdict = { status: "not-applicable" };
export const violation = (because: string, path?: string): Verdict =>
  path === undefined ? { status: "violation", because } : { status: "violation", because, path };
export const unknown = (because: string): Verdict => ({ status: "unknown", because });
