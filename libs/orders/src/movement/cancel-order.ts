import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CannotCancelOrderError, OrderNotFoundError } from '../errors';
import type { OrderStatus } from '../order-status';
import { MovementIntake } from './movement-intake';

export interface Cancellation {
  orderId: string;
  reason: string | null;
  actor: string;
  requestId: string;
}

/** Cancels an order and gives its stock back, once. Throws OrderNotFoundError, CannotCancelOrderError when it is too
 * late, and ReservationMismatchError or OrderInconsistentError when what is stored of it was damaged. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly intake: MovementIntake,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(cancellation: Cancellation): Promise<{ status: OrderStatus; version: number }> {
    const outcome = await this.intake.move({ ...cancellation, to: 'cancelled' });
    if (outcome.result === 'moved') {
      const { orderId, requestId } = cancellation;
      this.logger.info({ orderId, from: outcome.from, to: 'cancelled', request_id: requestId }, 'order.moved');
      return { status: 'cancelled', version: outcome.version };
    }
    if (outcome.result === 'refused') throw outcome.error;
    if (outcome.status === undefined) throw new OrderNotFoundError(cancellation.orderId);
    throw new CannotCancelOrderError(outcome.status);
  }
}
