import { type ReservedOrder, type ReservationMismatch, StockGate } from '@app/inventory';
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
import { canTransition, stockEffect } from '../order-status';
import type { TransitionContexts } from '../order-transactions';
import { type BlockedBy, FindBlockedTransitions } from './find-blocked-transitions';
import type { TransitionOutcome, OrderTransition } from './order-transition';
import { type DecidedTransition, type LockedOrder, OrderTransitionsRepository } from './order-transitions.repository';
import { turnOfOrder } from './turn-of-order';

const counter = new Counter({
  name: 'orders_transitions_total',
  help: 'Transitions of orders',
  labelNames: ['from', 'to'],
  registers: [registry],
});

const refusals = new Counter({
  name: 'orders_inconsistent_total',
  help: 'Transitions refused because what is stored of one order or its stock was damaged; its neighbours went on',
  labelNames: ['code'],
  registers: [registry],
});

/** What a transition can do to the stock that its order holds; the goods of all that leave are written first. */
const STOCK_EFFECTS = ['fulfill', 'release'] as const;

export interface TransitionOptions {
  once?: Once<TransitionOutcome[], TransitionContexts>;
  briefly?: boolean;
}

/**
 * Moves a batch of orders, each to its next state, with the stock effect and the event in the same transaction, and returns one
 * outcome per transition, in the same order. A transition that its order's state does not allow is an answer, not an error: of a
 * cancel, a stage and a sweep that meet on one order, the first to lock it wins. An order that was damaged outside of the product is
 * refused alone. One transition per order: one statement cannot write a row twice.
 */
@Injectable()
export class ApplyTransitions {
  constructor(
    private readonly transactions: Transactions<TransitionContexts>,
    private readonly repository: OrderTransitionsRepository,
    private readonly stockGate: StockGate,
    private readonly blockedTransitions: FindBlockedTransitions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** With `once` for a single transition. With `briefly` a transition that meets a lock for long is given back as `blocked`, alone. */
  async execute(
    transitions: readonly OrderTransition[],
    options: TransitionOptions = {},
  ): Promise<TransitionOutcome[]> {
    const blocked = options.briefly
      ? await this.blockedTransitions.known(transitions)
      : new Map<OrderTransition, BlockedBy>();
    const outcomes = await this.applyUnblocked(transitions, blocked, options);
    transitions.forEach(({ orderId, to }, index) => {
      const outcome = outcomes[index]!;
      if (outcome.result === 'moved') counter.inc({ from: outcome.from, to });
      if (outcome.result === 'refused') {
        const { code, message } = outcome.error;
        refusals.inc({ code });
        this.logger.error({ order_id: orderId, to, code, reason: message }, 'order.inconsistent');
      }
    });
    return outcomes;
  }

  private async applyUnblocked(
    transitions: readonly OrderTransition[],
    blocked: ReadonlyMap<OrderTransition, BlockedBy>,
    options: TransitionOptions,
  ): Promise<TransitionOutcome[]> {
    const open = blocked.size > 0 ? transitions.filter((transition) => !blocked.has(transition)) : transitions;
    const outcomes = open.length > 0 ? (await this.applyInParts(open, options)).values() : [].values();
    return transitions.map((transition) => {
      const products = blocked.get(transition);
      return products ? { result: 'blocked', products } : outcomes.next().value!;
    });
  }

  /**
   * What only the database sees (a constraint, a trigger, a row that is not there) refuses the write of all: the halves are tried
   * apart until the order is found that it is about. A sweep of 500 with one such order is 19 transactions.
   */
  private async applyInParts(
    transitions: readonly OrderTransition[],
    options: TransitionOptions,
  ): Promise<TransitionOutcome[]> {
    const { once, briefly } = options;
    const work = async (tx: Tx<TransitionContexts>) => {
      const outcomes = await this.transition(tx, transitions, briefly);
      return transitions.map((transition) => outcomes.get(transition)!);
    };
    try {
      const outcomes = await this.transactions.run(work, { once, throwsLockTimeout: briefly });
      await failpoint('movement.afterCommit');
      return outcomes;
    } catch (error) {
      if (isLockTimeout(error)) {
        const blocked = await this.blockedTransitions.look(transitions);
        if (blocked.size > 0) return this.applyUnblocked(transitions, blocked, options);
        // The lock is gone, or it is about something else.
        if (transitions.length === 1) return [{ result: 'blocked', products: [] }];
      } else {
        if (!isRefusedByData(error)) throw error;
        if (transitions.length === 1) return [await this.refusal(transitions[0]!, error)];
      }
      const middle = transitions.length >> 1;
      return [
        ...(await this.applyInParts(transitions.slice(0, middle), options)),
        ...(await this.applyInParts(transitions.slice(middle), options)),
      ];
    }
  }

  private async refusal({ orderId }: OrderTransition, error: unknown): Promise<TransitionOutcome> {
    const products = await this.transactions.run((tx) => this.repository.findProducts(tx, orderId));
    return { result: 'refused', error: new OrderInconsistentError(orderId, products, error) };
  }

  private async transition(
    tx: Tx<TransitionContexts>,
    transitions: readonly OrderTransition[],
    briefly = false,
  ): Promise<Map<OrderTransition, TransitionOutcome>> {
    const orders = await this.repository.lockOrders(
      tx,
      transitions.map(({ orderId }) => orderId),
      { briefly },
    );
    const outcomes = new Map<OrderTransition, TransitionOutcome>();
    const decided: DecidedTransition[] = [];
    for (const transition of transitions) {
      const order = orders.get(transition.orderId);
      if (order && isAllowed(transition, order)) {
        decided.push({ order, transition });
        outcomes.set(transition, { result: 'moved', from: order.status, version: order.version + 1 });
      } else outcomes.set(transition, { result: 'not_moved', status: order?.status, version: order?.version });
    }
    if (decided.length > 0) await this.write(tx, decided, outcomes);
    return outcomes;
  }

  private async write(
    tx: Tx<TransitionContexts>,
    decided: readonly DecidedTransition[],
    outcomes: Map<OrderTransition, TransitionOutcome>,
  ): Promise<void> {
    const write = new CombinedWrite();
    const refused = new Set<DecidedTransition>();
    const leaving = decided.filter(({ order, transition }) => stockEffect(order.status, transition.to) !== 'none');
    if (leaving.length > 0) {
      const stock = await this.stockGate.lockReservedBy(
        tx,
        leaving.map(({ order }) => order.id),
      );
      for (const effect of STOCK_EFFECTS) {
        const orders = leaving.filter(({ order, transition }) => stockEffect(order.status, transition.to) === effect);
        for (const [index, resolved] of stock[effect](orders.map(toReservedOrder)).entries()) {
          if (resolved.result === 'resolved') continue;
          const { order, transition } = orders[index]!;
          refused.add(orders[index]!);
          const error = await this.mismatchError(tx, order.id, resolved.mismatch);
          outcomes.set(transition, { result: 'refused', error });
        }
      }
      stock.writeTo(write);
    }
    const moving = refused.size > 0 ? decided.filter((each) => !refused.has(each)) : decided;
    if (moving.length === 0) return;
    this.repository.addTransitions(write, moving);
    appendToOutbox(write, moving.map(transitionEvent));
    await write.execute(tx);
    await failpoint('movement.afterWrite');
  }

  private async mismatchError(
    tx: Tx<TransitionContexts>,
    orderId: string,
    { productId, missingOf, reason }: ReservationMismatch,
  ) {
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

function toReservedOrder({ order, transition }: DecidedTransition): ReservedOrder {
  return {
    orderId: order.id,
    lineCount: order.lineCount,
    processedBy: transition.principal.text,
    notes: transition.reason ?? undefined,
  };
}

function isAllowed(transition: OrderTransition, order: LockedOrder): boolean {
  if (transition.from !== undefined && transition.from !== order.status) return false;
  if (transition.version !== undefined && transition.version !== order.version) return false;
  if (transition.expected && !transition.expected.has(order.version)) return false;
  return canTransition(order.status, transition.to);
}

function transitionEvent({ order, transition }: DecidedTransition): NewEvent<OrderEventPayload> {
  return {
    event: EVENT_OF_STATUS[transition.to],
    aggregateId: order.id,
    aggregateVersion: order.version + 1,
    correlationId: transition.requestId ?? order.id,
    payload: { order_id: order.id, status: transition.to, previous_status: order.status, priority: order.priority },
    ...turnOfOrder({ ...order, status: transition.to }),
  };
}
