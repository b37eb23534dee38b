import { StockGate } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import type { PlacementRequest } from './placement';

/** How long batches are planned on locked stock after one fell short. */
const SCARCE_MS = 1000;

/**
 * Decides whether a batch is placed optimistically: written before anybody looked at its stock, so that popular products are locked
 * without a round trip but the commit, and batches work side by side. Should the stock then fall short, nothing of it stays: the batch
 * begins anew and is planned on locked stock, as all are for a moment from then on.
 */
@Injectable()
export class OptimisticPlacement {
  private scarceUntil = 0;

  constructor(private readonly stockGate: StockGate) {}

  /** Runs `place`, a transaction of its own each time: optimistically where that may pay, and again without when it did not. */
  async run<T>(requests: readonly PlacementRequest[], place: (optimistic: boolean) => Promise<T>): Promise<T> {
    if (Date.now() < this.scarceUntil || requests.some(canBlockOnUniqueIndex)) return place(false);
    try {
      return await place(true);
    } catch (error) {
      if (!this.stockGate.fellShort(error)) throw error;
      this.scarceUntil = Date.now() + SCARCE_MS;
      return place(false);
    }
  }
}

/**
 * Whoever writes the same id or reference waits for this transaction, maybe with stock locked that it is going to lock: a
 * deadlock. Keys are claimed without waiting.
 */
function canBlockOnUniqueIndex({ orderIdGiven, externalReference }: PlacementRequest): boolean {
  return orderIdGiven || externalReference !== null;
}
