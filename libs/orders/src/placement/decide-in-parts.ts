import { StockLevelsRepository } from '@app/inventory';
import { nextTurn, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DecidePlacements } from './decide-placements';
import type { DecidedPlacements } from './open-placements';
import { type PlacementRequest, productsOf } from './placement';
import { ReadPlacements } from './read-placements';

/**
 * Decides the parts of a larger batch in the caller's transaction, on stock that is locked once: one part after the other, and other
 * requests of the process are worked on in between. What is little enough for one part may be written with `ahead`, before its stock is
 * looked at. Throws 55P03 soon when somebody holds the stock.
 */
@Injectable()
export class DecideInParts {
  constructor(
    private readonly decidePlacements: DecidePlacements,
    private readonly readPlacements: ReadPlacements,
    private readonly stockLevels: StockLevelsRepository,
  ) {}

  async execute(
    tx: Tx,
    parts: readonly (readonly PlacementRequest[])[],
    { ahead }: { ahead: boolean },
  ): Promise<DecidedPlacements[]> {
    const [first = [], ...others] = parts;
    if (others.length === 0) return [await this.decidePlacements.execute(tx, first, { ahead, briefly: true })];
    const requests = parts.flat();
    const open = await this.readPlacements.execute(tx, requests);
    const stock = await this.stockLevels.lockLevels(tx, productsOf(requests), { briefly: true });
    const decided: DecidedPlacements[] = [];
    for (const part of parts) {
      decided.push(await open.decide(part, stock));
      await nextTurn();
    }
    return decided;
  }
}
