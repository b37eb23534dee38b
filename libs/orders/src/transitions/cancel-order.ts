import { type ExpectedVersions, expectVersion, LOGGER, type Logger, type Once, type Principal } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CannotCancelOrderError, OrderNotFoundError } from '../errors';
import { OrderStatus } from '../order-status';
import type { TransitionContexts } from '../order-transactions';
import { TransitionBatcher } from './transition-batcher';
import type { UnblockedOutcome } from './order-transition';

export interface Cancellation {
  orderId: string;
  reason: string | null;
  principal: Principal;
  requestId: string;
  /** The versions of the order that may be cancelled; any when not given. */
  expected?: ExpectedVersions;
}

export interface CancelledOrder {
  status: OrderStatus;
  version: number;
}

/**
 * Cancels an order and releases its stock, once. With `once` in a transaction of its own. Throws OrderNotFoundError, VersionMismatchError,
 * CannotCancelOrderError when it is too late, and ReservationMismatchError or OrderInconsistentError when what is stored of it was damaged.
 */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly batcher: TransitionBatcher,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(cancellation: Cancellation, once?: Once<CancelledOrder, TransitionContexts>): Promise<CancelledOrder> {
    const outcome = await this.transition(cancellation, once);
    if (outcome.result === 'moved') {
      const { orderId, requestId, principal } = cancellation;
      this.logger.info(
        {
          order_id: orderId,
          from: outcome.from,
          to: OrderStatus.cancelled,
          request_id: requestId,
          principal: principal.text,
        },
        'order.moved',
      );
      return { status: OrderStatus.cancelled, version: outcome.version };
    }
    if (outcome.result === 'refused') throw outcome.error;
    if (outcome.status === undefined) throw new OrderNotFoundError(cancellation.orderId);
    expectVersion(outcome.version!, cancellation.expected);
    throw new CannotCancelOrderError(outcome.status);
  }

  private async transition(
    cancellation: Cancellation,
    once?: Once<CancelledOrder, TransitionContexts>,
  ): Promise<UnblockedOutcome> {
    const transition = { ...cancellation, to: OrderStatus.cancelled } as const;
    if (!once) return this.batcher.apply(transition);
    return this.batcher.applyOnce(transition, {
      begin: once.begin,
      // A cancel that came too late changed nothing: it has no reply to keep.
      end: async (tx, [made]) => {
        if (made?.result === 'moved') await once.end(tx, { status: OrderStatus.cancelled, version: made.version });
      },
    });
  }
}
