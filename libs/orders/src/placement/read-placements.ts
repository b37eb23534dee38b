import type { Tx } from '@app/platform';
import { ProductsRepository } from '@app/products';
import { Injectable } from '@nestjs/common';
import { OpenPlacements } from './open-placements';
import { type PlacementRequest, productsOf } from './placement';
import { type EarlierRequests, PlacementRepository } from './placement.repository';

const NOTHING_EARLIER: EarlierRequests = {
  orderIds: new Set(),
  externalReferences: new Map(),
  replies: new Map(),
  keysInUse: new Set(),
};

/** The beginning of every placement, of one order or of many thousand: reads what was asked before and what is for sale. */
@Injectable()
export class ReadPlacements {
  constructor(
    private readonly products: ProductsRepository,
    private readonly repository: PlacementRepository,
  ) {}

  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<OpenPlacements> {
    const earlier = await this.findEarlier(tx, requests);
    const products = await this.products.findForSale(tx, productsOf(requests));
    return new OpenPlacements(earlier, products, (some) => this.findEarlier(tx, some));
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
