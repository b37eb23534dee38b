import { type LockedStock, StockLevelsRepository } from '@app/inventory';
import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LockedPlacements } from './lock-placements';
import { LockStock } from './lock-stock';
import { type PlacementRequest, productsOf } from './placement';
import { ReadPlacements } from './read-placements';

/** Placements decided on stock that is not locked: nothing may stay of them before they were decided again on locked stock. */
export interface PlannedPlacements extends LockedPlacements {
  /** Locks it, at the end of the transaction. */
  lockStock: () => Promise<LockedStock>;
}

/** Reads what placements need, and their stock without a lock: somebody may take it at any moment. */
@Injectable()
export class PlanPlacements {
  constructor(
    private readonly readPlacements: ReadPlacements,
    private readonly stockLevels: StockLevelsRepository,
    private readonly lockStock: LockStock,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<PlannedPlacements> {
    const open = await this.readPlacements.execute(tx, requests);
    const stock = await this.stockLevels.readLevels(tx, productsOf(requests));
    return {
      decide: (some) => open.decide(some, stock),
      lockStock: () => this.lockStock.execute(tx, requests),
    };
  }
}
