import { StockGate } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import { mayTouchStock } from '../order-status';
import type { OrderTransition } from './order-transition';
import { OrderTransitionsRepository } from './order-transitions.repository';

/** What somebody keeps locked of what a transition needs: the stock of these products, or the order itself when there are none. */
export type BlockedBy = readonly number[];

/** Finds the transitions of a batch that a lock keeps waiting, so that the others can go on. */
@Injectable()
export class FindBlockedTransitions {
  constructor(
    private readonly repository: OrderTransitionsRepository,
    private readonly stockGate: StockGate,
  ) {}

  /** Those of which it is known, without looking whether it is still so. While nothing is blocked this asks nobody. */
  async known(transitions: readonly OrderTransition[]): Promise<Map<OrderTransition, BlockedBy>> {
    if (this.stockGate.blocked.isEmpty) return new Map();
    return this.byStock(transitions);
  }

  /** Those that meet a lock right now. */
  async look(transitions: readonly OrderTransition[]): Promise<Map<OrderTransition, BlockedBy>> {
    const locked = await this.repository.findLocked(transitions.map(({ orderId }) => orderId));
    const held = await this.stockGate.findReservedBy(transitions.map(({ orderId }) => orderId));
    await this.stockGate.blocked.look([...new Set([...held.values()].flat())]);
    const blocked = await this.byStock(transitions, held);
    for (const transition of transitions)
      if (locked.has(transition.orderId)) blocked.set(transition, blocked.get(transition) ?? []);
    return blocked;
  }

  private async byStock(
    transitions: readonly OrderTransition[],
    held?: ReadonlyMap<string, readonly number[]>,
  ): Promise<Map<OrderTransition, BlockedBy>> {
    const touching = transitions.filter(({ to }) => mayTouchStock(to));
    if (touching.length === 0) return new Map();
    const products = held ?? (await this.stockGate.findReservedBy(touching.map(({ orderId }) => orderId)));
    return new Map(
      touching.flatMap((transition) => {
        const blocked = this.stockGate.blocked.of(products.get(transition.orderId) ?? []);
        return blocked.length > 0 ? [[transition, blocked] as const] : [];
      }),
    );
  }
}
