/** How much of what others cause without end is kept: of one cause, and of all together. */
export interface BudgetLimits {
  perCause: number;
  total: number;
}

/** What was not kept in a minute that is over. */
export interface Overrun {
  dropped: number;
}

const MINUTE_MS = 60_000;

/**
 * Counts what happens in each minute, by its cause and in all, so that neither one client that does not give up nor many that take turns
 * fill a table. It remembers as many causes as the total allows events.
 */
export class EventBudget {
  private readonly counts = new Map<string, number>();
  private minute = 0;
  private taken = 0;
  private dropped = 0;

  constructor(private readonly limits: BudgetLimits) {}

  get causes(): number {
    return this.counts.size;
  }

  /** Whether one more event of this cause is kept. In a new minute, `over` is told of the one before if anything was dropped. */
  take(cause: string, over: (overrun: Overrun) => void = () => undefined, now = Date.now()): boolean {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) {
      if (this.dropped > 0) over({ dropped: this.dropped });
      this.counts.clear();
      this.taken = this.dropped = 0;
      this.minute = minute;
    }
    const count = this.counts.get(cause) ?? 0;
    if (count >= this.limits.perCause || this.taken >= this.limits.total) {
      this.dropped++;
      return false;
    }
    this.counts.set(cause, count + 1);
    this.taken++;
    return true;
  }
}
