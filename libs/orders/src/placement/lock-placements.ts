import { BlockedStock, type LockedStock, StockLevelsRepository } from '@app/inventory';
import { savepoint, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DecidedPlacements, OpenPlacements } from './open-placements';
import { type PlacementRequest, productsOf } from './placement';
import { ReadPlacements } from './read-placements';

/** Placements whose stock is locked; it exists only between the lock and the commit. */
export interface LockedPlacements {
  /** See {@link OpenPlacements.decide}; requests may be decided some at a time. */
  decide: (requests: readonly PlacementRequest[]) => Promise<DecidedPlacements>;
}

/**
 * Reads what needs no lock, then locks the stock of all products that are asked for, once, in ascending product id. What follows in
 * the caller's transaction is deciding and writing. While one product is kept locked by somebody, the others are not kept locked by this.
 */
@Injectable()
export class LockPlacements {
  constructor(
    private readonly readPlacements: ReadPlacements,
    private readonly stockLevels: StockLevelsRepository,
    private readonly blockedStock: BlockedStock,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedPlacements> {
    const open = await this.readPlacements.execute(tx, requests);
    const stock = await this.lockStock(tx, requests);
    return { decide: (some) => open.decide(some, stock) };
  }

  /** The same on stock that is not locked: nothing may be written of what is decided, before it is decided again. */
  async plan(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedPlacements> {
    const open: OpenPlacements = await this.readPlacements.execute(tx, requests);
    const stock = await this.stockLevels.readLevels(tx, productsOf(requests));
    return { decide: (some) => open.decide(some, stock) };
  }

  /** Locks the stock of what was planned, at the end of its transaction. Throws UnavailableError when it is not to be had. */
  async lockStock(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedStock> {
    const products = productsOf(requests);
    return this.blockedStock.insist(products, () =>
      savepoint(tx, () => this.stockLevels.lockLevels(tx, products, { briefly: true })),
    );
  }
}
