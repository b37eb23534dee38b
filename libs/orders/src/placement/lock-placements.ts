import { type LockedStock, StockLevelsRepository } from '@app/inventory';
import { CombinedWrite, type Tx } from '@app/platform';
import { ProductsRepository } from '@app/products';
import { Injectable } from '@nestjs/common';
import { type DecidedPlacements, OpenPlacements, type Placements } from './open-placements';
import type { PlacementRequest } from './placement';
import { type EarlierRequests, PlacementRepository } from './placement.repository';

/** Placements whose stock is locked; it exists only between the lock and the commit. */
export interface LockedPlacements {
  /** See {@link OpenPlacements.decide}; requests may be decided some at a time. */
  decide: (requests: readonly PlacementRequest[]) => DecidedPlacements;
}

const NOTHING_EARLIER: EarlierRequests = {
  orderIds: new Set(),
  externalReferences: new Set(),
  replies: new Map(),
  keysInUse: new Set(),
};

/** The beginning of every placement, of one order or of many thousand. */
@Injectable()
export class LockPlacements {
  constructor(
    private readonly products: ProductsRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly repository: PlacementRepository,
  ) {}

  /** Reads what needs no lock, then locks. What follows in the caller's transaction is deciding and writing. */
  async execute(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedPlacements> {
    const open = await this.read(tx, requests);
    const stock = await this.lock(tx, requests);
    return { decide: (some) => open.decide(some, stock) };
  }

  /**
   * Decides all requests. `ahead` writes the orders before their stock is locked, unless one is refused in any case; it throws
   * StockFellShortError when the stock is not there: see {@link AheadOfStock}.
   */
  async decide(tx: Tx, requests: readonly PlacementRequest[], { ahead }: { ahead: boolean }): Promise<Placements> {
    const open = await this.read(tx, requests);
    const expected = ahead ? open.expect(requests) : undefined;
    if (!expected) return open.decide(requests, await this.lock(tx, requests));
    const write = new CombinedWrite();
    expected.writeTo(write);
    await write.execute(tx);
    return expected.confirm(await this.lock(tx, requests));
  }

  private async read(tx: Tx, requests: readonly PlacementRequest[]): Promise<OpenPlacements> {
    const earlier = await this.findEarlier(tx, requests);
    return new OpenPlacements(earlier, await this.products.findForSale(tx, productsOf(requests)));
  }

  /** Locks the stock of all products that are asked for, once, in ascending product id. */
  private async lock(tx: Tx, requests: readonly PlacementRequest[]): Promise<LockedStock> {
    return this.stockLevels.lockLevels(tx, productsOf(requests));
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

function productsOf(requests: readonly PlacementRequest[]): number[] {
  return [...new Set(requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
}
