/** The value that `percent` of the values do not exceed (nearest rank); NaN when there are none. `sorted` is ascending. */
export function percentile(sorted: readonly number[], percent: number): number {
  if (sorted.length === 0) return NaN;
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}
