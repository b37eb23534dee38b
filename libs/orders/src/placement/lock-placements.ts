import { StockLevelsRepository } from '@app/inventory';
import type { Tx } from '@app/platform';
import { ProductsRepository } from '@app/products';
import { Injectable } from '@nestjs/common';
import { OpenPlacements } from './open-placements';
import type { PlacementRequest } from './placement';
import { type EarlierRequests, PlacementRepository } from './placement.repository';
import { Repetitions } from './repetitions';

const NOTHING_EARLIER: EarlierRequests = {
  orderIds: new Set(),
  externalReferences: new Set(),
  replies: new Map(),
  keysInUse: new Set(),
};

/**
 * The beginning of every placement, of one order or of many thousand: reads what needs no lock, then locks the stock of all
 * products that are asked for, once, in ascending product id. What follows in the caller's transaction is deciding and writing.
 */
@Injectable()
export class LockPlacements {
  constructor(
    private readonly products: ProductsRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly repository: PlacementRepository,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<OpenPlacements> {
    const repetitions = new Repetitions(await this.findEarlier(tx, requests));
    const productIds = [...new Set(requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
    const products = await this.products.findForSale(tx, productIds);
    return new OpenPlacements(repetitions, products, await this.stockLevels.lockLevels(tx, productIds));
  }

  private async findEarlier(tx: Tx, requests: readonly PlacementRequest[]): Promise<EarlierRequests> {
    const ids = requests.filter(({ orderIdGiven }) => orderIdGiven).map(({ orderId }) => orderId);
    const references = requests.flatMap(({ externalReference }) => externalReference ?? []);
    const keys = [...new Set(requests.flatMap(({ idempotency }) => idempotency?.key ?? []))];
    // Most batches give none of them: no round trip then.
    if (ids.length + references.length + keys.length === 0) return NOTHING_EARLIER;
    return this.repository.findEarlier(tx, ids, references, keys);
  }
}
