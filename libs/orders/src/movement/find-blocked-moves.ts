import { BlockedStock, StockLevelsRepository } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import { mayTouchStock } from '../order-status';
import type { OrderMove } from './order-move';
import { OrderMovesRepository } from './order-moves.repository';

/** What somebody keeps locked of what a move needs: the stock of these products, or the order itself when there are none. */
export type BlockedBy = readonly number[];

/** Finds the moves of a batch that a lock keeps waiting, so that the others can go on. */
@Injectable()
export class FindBlockedMoves {
  constructor(
    private readonly repository: OrderMovesRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly blockedStock: BlockedStock,
  ) {}

  /** Those of which it is known, without looking whether it is still so. While nothing is blocked this asks nobody. */
  async known(moves: readonly OrderMove[]): Promise<Map<OrderMove, BlockedBy>> {
    if (this.blockedStock.isEmpty) return new Map();
    return this.byStock(moves);
  }

  /** Those that meet a lock right now. */
  async look(moves: readonly OrderMove[]): Promise<Map<OrderMove, BlockedBy>> {
    const locked = await this.repository.findLocked(moves.map(({ orderId }) => orderId));
    const held = await this.stockLevels.findHeldBy(moves.map(({ orderId }) => orderId));
    await this.blockedStock.look([...new Set([...held.values()].flat())]);
    const blocked = await this.byStock(moves, held);
    for (const move of moves) if (locked.has(move.orderId)) blocked.set(move, blocked.get(move) ?? []);
    return blocked;
  }

  private async byStock(
    moves: readonly OrderMove[],
    held?: ReadonlyMap<string, readonly number[]>,
  ): Promise<Map<OrderMove, BlockedBy>> {
    const touching = moves.filter(({ to }) => mayTouchStock(to));
    if (touching.length === 0) return new Map();
    const products = held ?? (await this.stockLevels.findHeldBy(touching.map(({ orderId }) => orderId)));
    return new Map(
      touching.flatMap((move) => {
        const blocked = this.blockedStock.of(products.get(move.orderId) ?? []);
        return blocked.length > 0 ? [[move, blocked] as const] : [];
      }),
    );
  }
}
