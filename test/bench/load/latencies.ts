const GROWTH = 2;

/** Collects times in milliseconds without making garbage, which would itself show up in them. */
export class Latencies {
  private values = new Float64Array(1 << 16);
  private used = 0;

  get count(): number {
    return this.used;
  }

  add(ms: number): void {
    if (this.used === this.values.length) {
      const grown = new Float64Array(this.values.length * GROWTH);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.used++] = ms;
  }

  clear(): void {
    this.used = 0;
  }

  /** The times below which these shares of all lie, 0 to 1. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = this.values.slice(0, this.used).sort();
    return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  }
}
