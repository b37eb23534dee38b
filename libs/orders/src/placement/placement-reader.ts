import type { Tx } from '@app/platform';
import { ProductsRepository } from '@app/products';
import { Injectable } from '@nestjs/common';
import { nameOf } from '../idempotency/key-owner';
import type { PlacementContexts } from '../order-transactions';
import { type PlacementRequest, productsOf } from './placement';
import { ConcurrentDuplicateError } from './concurrent-duplicate';
import type { PlacementInputs, PlacementPlan } from './placement-plan';
import { type EarlierRequests, PlacementRepository } from './placement.repository';
import { isDuplicateRequest } from './duplicate-requests';

const NOTHING_EARLIER: EarlierRequests = {
  orderIds: new Set(),
  externalReferences: new Map(),
  replies: new Map(),
  keysInUse: new Set(),
};

/** The beginning of every placement, of one order or of many thousand: reads what a plan is made of. */
@Injectable()
export class PlacementReader {
  constructor(
    private readonly products: ProductsRepository,
    private readonly repository: PlacementRepository,
  ) {}

  async readInputs(tx: Tx<PlacementContexts>, requests: readonly PlacementRequest[]): Promise<PlacementInputs> {
    const earlier = await this.findEarlier(tx, requests);
    const products = await this.products.findForSale(tx, productsOf(requests));
    return { earlier, products };
  }

  /**
   * A request that is written although the same one was committed after the first look meets a unique index. One that is refused
   * does not: it would be told that the stock is short, and its repetition is what took it. Throws ConcurrentDuplicateError.
   */
  async requireNoConcurrentDuplicates(tx: Tx<'orders'>, plans: readonly PlacementPlan[]): Promise<void> {
    const refused = plans.flatMap(({ refusedAsNew }) => refusedAsNew);
    const now = await this.findEarlier(tx, refused);
    if (refused.some((request) => isDuplicateRequest(request, now))) throw new ConcurrentDuplicateError();
  }

  private async findEarlier(tx: Tx<'orders'>, requests: readonly PlacementRequest[]): Promise<EarlierRequests> {
    const ids = requests.filter(({ orderIdGiven }) => orderIdGiven).map(({ orderId }) => orderId);
    const references = requests.flatMap(({ externalReference }) => externalReference ?? []);
    const keys = new Map(
      requests.flatMap(({ principal, idempotency }) => {
        const owned = idempotency && { principal, key: idempotency.key };
        return owned ? [[nameOf(owned), owned]] : [];
      }),
    );
    // Most batches give none of them: no round trip then.
    if (ids.length + references.length + keys.size === 0) return NOTHING_EARLIER;
    return this.repository.findEarlier(tx, ids, references, [...keys.values()]);
  }
}
