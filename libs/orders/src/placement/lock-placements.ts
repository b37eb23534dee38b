import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LockStock } from './lock-stock';
import type { DecidedPlacements } from './open-placements';
import type { PlacementRequest } from './placement';
import { ReadPlacements } from './read-placements';

/** Placements whose stock is locked; it exists only between the lock and the commit. */
export interface LockedPlacements {
  /** See {@link OpenPlacements.decide}; requests may be decided some at a time. */
  decide: (requests: readonly PlacementRequest[]) => Promise<DecidedPlacements>;
}

/**
 * Reads what needs no lock, then locks the stock of all products that are asked for. What follows in the caller's transaction is
 * deciding and writing.
 */
@Injectable()
export class LockPlacements {
  constructor(
    private readonly readPlacements: ReadPlacements,
    private readonly lockStock: LockStock,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedPlacements> {
    const open = await this.readPlacements.execute(tx, requests);
    const stock = await this.lockStock.execute(tx, requests);
    return { decide: (some) => open.decide(some, stock) };
  }
}
