/** `3.05 seconds`, as the console has it. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} seconds`;
}

/** `86.7%`, as the console has it. */
export function percent(value: number): string {
  return `${value.toFixed(1)}%`;
}

/** `4.2 ms`, `850 ms`, as the console has it. */
export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** `2026-11-29 18:05:09 UTC`. */
export function timeInUtc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
