import { BlockedStock, type LockedStock, StockLevelsRepository } from '@app/inventory';
import { savepoint, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type PlacementRequest, productsOf } from '../placement/placement';

/**
 * Locks the stock of all products that are asked for, once, in ascending product id. While somebody keeps one of them locked, this waits
 * with none of the others locked. Throws UnavailableError when it is not to be had.
 */
@Injectable()
export class LockStock {
  constructor(
    private readonly stockLevels: StockLevelsRepository,
    private readonly blockedStock: BlockedStock,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedStock> {
    const products = productsOf(requests);
    return this.blockedStock.insist(products, () =>
      savepoint(tx, () => this.stockLevels.lockLevels(tx, products, { briefly: true })),
    );
  }
}
