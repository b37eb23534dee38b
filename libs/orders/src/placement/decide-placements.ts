import { StockLevelsRepository } from '@app/inventory';
import { CombinedWrite, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DecidedPlacements } from './open-placements';
import { type PlacementRequest, productsOf } from './placement';
import { ReadPlacements } from './read-placements';

/** Holding the stock for fewer orders costs less than the round trip that would shorten it. */
const AHEAD_MIN = 16;

/**
 * Decides requests in the caller's transaction, which then writes what is left to write. With `ahead` the orders of a larger batch are
 * written before their stock is locked, unless one is refused in any case, and the stock is taken by the write that is left: it fails
 * when it is not there, see {@link AheadOfStock}.
 */
@Injectable()
export class DecidePlacements {
  constructor(
    private readonly readPlacements: ReadPlacements,
    private readonly stockLevels: StockLevelsRepository,
  ) {}

  async execute(
    tx: Tx,
    requests: readonly PlacementRequest[],
    { ahead, briefly = false }: { ahead: boolean; briefly?: boolean },
  ): Promise<DecidedPlacements> {
    const open = await this.readPlacements.execute(tx, requests);
    const expected = ahead && requests.length >= AHEAD_MIN ? open.expect(requests) : undefined;
    if (!expected)
      return open.decide(requests, await this.stockLevels.lockLevels(tx, productsOf(requests), { briefly }));
    const write = new CombinedWrite();
    expected.writeTo(write);
    return expected.confirm((await write.execute(tx))!, briefly);
  }
}
