/** Of an ISO 8601 duration; 120 without one. */
export function secondsOf(duration: unknown): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(String(duration));
  if (!found) return 120;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((it) => Number(it ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** As Azure writes it: 100 seconds are PT1M40S. */
export function durationOf(total: number): string {
  const [days, hours] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24];
  const [minutes, seconds] = [Math.floor(total / 60) % 60, total % 60];
  const part = (count: number, unit: string) => (count > 0 ? `${count}${unit}` : "");
  const time = `${part(hours, "H")}${part(minutes, "M")}${part(seconds, "S")}`;
  if (total === 0) return "PT0S";
  return `P${part(days, "D")}${time === "" ? "" : `T${time}`}`;
}
