import { type ReservationMismatch, StockLevelsRepository } from '@app/inventory';
import { appendToOutbox, type NewEvent } from '@app/messaging';
import {
  CombinedWrite,
  errorCode,
  failpoint,
  GuardedWriteError,
  isLockTimeout,
  LOGGER,
  type Logger,
  type Once,
  registry,
  Transactions,
  type Tx,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { EVENT_OF_STATUS, type OrderEventPayload } from '../contracts/order-events';
import { OrderInconsistentError, ReservationMismatchError } from '../errors';
import { canMove, stockEffect } from '../order-status';
import { type BlockedBy, FindBlockedMoves } from './find-blocked-moves';
import type { MoveOutcome, OrderMove } from './order-move';
import { type DecidedMove, type LockedOrder, OrderMovesRepository } from './order-moves.repository';
import { placeInLine } from './place-in-line';

const transitions = new Counter({
  name: 'orders_transitions_total',
  help: 'Transitions of orders',
  labelNames: ['from', 'to'],
  registers: [registry],
});

const refusals = new Counter({
  name: 'orders_inconsistent_total',
  help: 'Moves refused because what is stored of one order or its stock was damaged; its neighbours went on',
  labelNames: ['code'],
  registers: [registry],
});

export interface MoveOptions {
  once?: Once<MoveOutcome[]>;
  briefly?: boolean;
}

/**
 * Moves a batch of orders, each to its next state, with the stock effect and the event in the same transaction, and returns one
 * outcome per move, in the same order. A move that its order's state does not allow is an answer, not an error: of a cancel, a
 * stage and a sweep that meet on one order, the first to lock it wins. An order that was damaged
 * outside of the product is refused alone. One move per order: one statement cannot write a row twice.
 */
@Injectable()
export class MoveOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: OrderMovesRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly blockedMoves: FindBlockedMoves,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** With `once` for a single move. With `briefly` a move that meets a lock for long is given back as `blocked`, alone. */
  async execute(moves: readonly OrderMove[], options: MoveOptions = {}): Promise<MoveOutcome[]> {
    const blocked = options.briefly ? await this.blockedMoves.known(moves) : new Map<OrderMove, BlockedBy>();
    const outcomes = await this.moveUnblocked(moves, blocked, options);
    moves.forEach(({ orderId, to }, index) => {
      const outcome = outcomes[index]!;
      if (outcome.result === 'moved') transitions.inc({ from: outcome.from, to });
      if (outcome.result === 'refused') {
        const { code, message } = outcome.error;
        refusals.inc({ code });
        this.logger.error({ order_id: orderId, to, code, reason: message }, 'order.inconsistent');
      }
    });
    return outcomes;
  }

  private async moveUnblocked(
    moves: readonly OrderMove[],
    blocked: ReadonlyMap<OrderMove, BlockedBy>,
    options: MoveOptions,
  ): Promise<MoveOutcome[]> {
    const open = blocked.size > 0 ? moves.filter((move) => !blocked.has(move)) : moves;
    const outcomes = open.length > 0 ? (await this.moveApart(open, options)).values() : [].values();
    return moves.map((move) => {
      const products = blocked.get(move);
      return products ? { result: 'blocked', products } : outcomes.next().value!;
    });
  }

  /**
   * What only the database sees (a constraint, a trigger, a row that is not there) refuses the write of all: the halves are tried
   * apart until the order is found that it is about. A sweep of 500 with one such order is 19 transactions.
   */
  private async moveApart(moves: readonly OrderMove[], options: MoveOptions): Promise<MoveOutcome[]> {
    const { once, briefly } = options;
    const work = async (tx: Tx) => {
      const outcomes = await this.move(tx, moves, briefly);
      return moves.map((move) => outcomes.get(move)!);
    };
    try {
      const outcomes = await this.transactions.run(work, { once, throwsLockTimeout: briefly });
      await failpoint('movement.afterCommit');
      return outcomes;
    } catch (error) {
      if (isLockTimeout(error)) {
        const blocked = await this.blockedMoves.look(moves);
        if (blocked.size > 0) return this.moveUnblocked(moves, blocked, options);
        // The lock is gone, or it is about something else.
        if (moves.length === 1) return [{ result: 'blocked', products: [] }];
      } else {
        if (!isRefusedByData(error)) throw error;
        if (moves.length === 1) return [await this.refusal(moves[0]!, error)];
      }
      const middle = moves.length >> 1;
      return [
        ...(await this.moveApart(moves.slice(0, middle), options)),
        ...(await this.moveApart(moves.slice(middle), options)),
      ];
    }
  }

  private async refusal({ orderId }: OrderMove, error: unknown): Promise<MoveOutcome> {
    const products = await this.transactions.run((tx) => this.repository.findProducts(tx, orderId));
    return { result: 'refused', error: new OrderInconsistentError(orderId, products, error) };
  }

  private async move(tx: Tx, moves: readonly OrderMove[], briefly = false): Promise<Map<OrderMove, MoveOutcome>> {
    const orders = await this.repository.lockOrders(
      tx,
      moves.map(({ orderId }) => orderId),
      { briefly },
    );
    const outcomes = new Map<OrderMove, MoveOutcome>();
    const decided: DecidedMove[] = [];
    for (const move of moves) {
      const order = orders.get(move.orderId);
      if (order && isAllowed(move, order)) {
        decided.push({ order, move });
        outcomes.set(move, { result: 'moved', from: order.status, version: order.version + 1 });
      } else outcomes.set(move, { result: 'not_moved', status: order?.status, version: order?.version });
    }
    if (decided.length > 0) await this.write(tx, decided, outcomes);
    return outcomes;
  }

  private async write(tx: Tx, decided: readonly DecidedMove[], outcomes: Map<OrderMove, MoveOutcome>): Promise<void> {
    const write = new CombinedWrite();
    const refused = new Set<DecidedMove>();
    const touchingStock = decided.flatMap((each) => {
      const effect = stockEffect(each.order.status, each.move.to);
      return effect === 'none' ? [] : [{ each, effect }];
    });
    if (touchingStock.length > 0) {
      const stock = await this.stockLevels.lockLevelsHeldBy(
        tx,
        touchingStock.map(({ each }) => each.order.id),
      );
      for (const { each, effect } of touchingStock) {
        const { order, move } = each;
        const mismatch = stock.findMismatch(order.id, order.lineCount, effect);
        if (mismatch) {
          refused.add(each);
          outcomes.set(move, { result: 'refused', error: await this.mismatchError(tx, order.id, mismatch) });
        } else stock[effect](order.id, { processedBy: move.principal.text, notes: move.reason ?? undefined });
      }
      stock.writeTo(write);
    }
    const moving = refused.size > 0 ? decided.filter((each) => !refused.has(each)) : decided;
    if (moving.length === 0) return;
    this.repository.moveOrders(write, moving);
    appendToOutbox(write, moving.map(movedEvent));
    await write.execute(tx);
    await failpoint('movement.afterWrite');
  }

  private async mismatchError(tx: Tx, orderId: string, { productId, missingOf, reason }: ReservationMismatch) {
    if (productId !== undefined) return new ReservationMismatchError(orderId, [productId], reason);
    const products = await this.repository.findProducts(tx, orderId);
    const missing = products.filter((id) => !missingOf?.includes(id));
    return new ReservationMismatchError(orderId, missing.length > 0 ? missing : products, reason);
  }
}

/**
 * What is stored refused the write: a value that does not fit (class 22), a constraint (23), a trigger (P0), a broken page or index
 * (XX), or rows that are not there. A mistake of ours is none of them and stays an error of its own.
 */
function isRefusedByData(error: unknown): boolean {
  return error instanceof GuardedWriteError || /^(22|23|P0|XX)/.test(errorCode(error) ?? '');
}

function isAllowed(move: OrderMove, order: LockedOrder): boolean {
  if (move.from !== undefined && move.from !== order.status) return false;
  if (move.version !== undefined && move.version !== order.version) return false;
  if (move.expected && !move.expected.has(order.version)) return false;
  return canMove(order.status, move.to);
}

function movedEvent({ order, move }: DecidedMove): NewEvent<OrderEventPayload> {
  return {
    event: EVENT_OF_STATUS[move.to],
    aggregateId: order.id,
    aggregateVersion: order.version + 1,
    correlationId: move.requestId ?? order.id,
    payload: { order_id: order.id, status: move.to, previous_status: order.status, priority: order.priority },
    ...placeInLine({ ...order, status: move.to }),
  };
}
