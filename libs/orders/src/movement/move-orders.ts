import { StockLevelsRepository } from '@app/inventory';
import { appendToOutbox, type NewEvent } from '@app/messaging';
import { CombinedWrite, failpoint, registry, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { EVENT_OF_STATUS, type OrderEventPayload } from '../contracts/order-events';
import { canMove, stockEffect } from '../order-status';
import type { MoveOutcome, OrderMove } from './order-move';
import { type DecidedMove, type LockedOrder, OrderMovesRepository } from './order-moves.repository';

const transitions = new Counter({
  name: 'orders_transitions_total',
  help: 'Transitions of orders',
  labelNames: ['from', 'to'],
  registers: [registry],
});

/**
 * Moves a batch of orders, each to its next state, with the stock effect and the event in the same transaction, and returns one
 * outcome per move, in the same order. A move that its order's state does not allow is an answer, not an error: of a cancel, a
 * stage and a sweep that meet on one order, the first to lock it wins. One move per order: one statement cannot write a row twice.
 */
@Injectable()
export class MoveOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: OrderMovesRepository,
    private readonly stockLevels: StockLevelsRepository,
  ) {}

  async execute(moves: readonly OrderMove[]): Promise<MoveOutcome[]> {
    const outcomes = await this.transactions.run((tx) => this.move(tx, moves));
    await failpoint('movement.afterCommit');
    for (const [{ to }, outcome] of outcomes)
      if (outcome.result === 'moved') transitions.inc({ from: outcome.from, to });
    return moves.map((move) => outcomes.get(move)!);
  }

  private async move(tx: Tx, moves: readonly OrderMove[]): Promise<Map<OrderMove, MoveOutcome>> {
    const orders = await this.repository.lockOrders(
      tx,
      moves.map(({ orderId }) => orderId),
    );
    const outcomes = new Map<OrderMove, MoveOutcome>();
    const decided: DecidedMove[] = [];
    for (const move of moves) {
      const order = orders.get(move.orderId);
      if (order && isAllowed(move, order)) {
        decided.push({ order, move });
        outcomes.set(move, { result: 'moved', from: order.status, version: order.version + 1 });
      } else outcomes.set(move, { result: 'not_moved', status: order?.status });
    }
    if (decided.length > 0) await this.write(tx, decided);
    return outcomes;
  }

  private async write(tx: Tx, decided: readonly DecidedMove[]): Promise<void> {
    const write = new CombinedWrite();
    const touchingStock = decided.filter(({ order, move }) => stockEffect(order.status, move.to) !== 'none');
    if (touchingStock.length > 0) {
      const stock = await this.stockLevels.lockLevelsHeldBy(
        tx,
        touchingStock.map(({ order }) => order.id),
      );
      for (const { order, move } of touchingStock)
        stock[stockEffect(order.status, move.to) as 'fulfill' | 'release'](order.id, {
          processedBy: move.actor,
          notes: move.reason ?? undefined,
        });
      stock.writeTo(write);
    }
    this.repository.moveOrders(write, decided);
    appendToOutbox(write, decided.map(movedEvent));
    await write.execute(tx);
    await failpoint('movement.afterWrite');
  }
}

function isAllowed(move: OrderMove, order: LockedOrder): boolean {
  if (move.from !== undefined && move.from !== order.status) return false;
  if (move.version !== undefined && move.version !== order.version) return false;
  return canMove(order.status, move.to);
}

function movedEvent({ order, move }: DecidedMove): NewEvent<OrderEventPayload> {
  return {
    event: EVENT_OF_STATUS[move.to],
    aggregateId: order.id,
    aggregateVersion: order.version + 1,
    correlationId: move.requestId ?? order.id,
    payload: { order_id: order.id, status: move.to, previous_status: order.status, priority: order.priority },
  };
}
