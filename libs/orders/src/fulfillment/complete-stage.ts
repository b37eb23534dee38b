import { LOGGER, type Logger, type Principal } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CurrentStatus } from '../transitions/current-status';
import { TransitionBatcher } from '../transitions/transition-batcher';
import type { UnblockedOutcome } from '../transitions/order-transition';
import { OrderStatus } from '../order-status';
import { FULFILLMENT_STAGES, type FulfillmentStage, FulfillmentSteps } from './fulfillment-steps';

export interface StageRun {
  stage: FulfillmentStage;
  orderId: string;
  principal: Principal;
  requestId: string;
  /** That of the event which asks for the stage. */
  priority: number;
}

/**
 * Performs the step of a stage and moves the order on, or to failed with the step's reason. An order that is no longer where the
 * stage starts (cancelled meanwhile, or the event came twice) stays as it is, and its step is not performed; nor does one begin at
 * the place of a priority that it does not have any more. Between that look and the transition the order may still change: the step's
 * key is the same for every event that asks for this stage of this order. Throws ReservationMismatchError or
 * OrderInconsistentError, which make a dead letter of this order's job alone, and UnavailableError when its stock or the order is
 * locked for long.
 */
@Injectable()
export class CompleteStage {
  constructor(
    private readonly steps: FulfillmentSteps,
    private readonly currentStatus: CurrentStatus,
    private readonly batcher: TransitionBatcher,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ stage, orderId, principal, requestId, priority }: StageRun): Promise<UnblockedOutcome> {
    const { from, to } = FULFILLMENT_STAGES[stage];
    const current = await this.currentStatus.of(orderId);
    if (current?.status !== from) return this.skipped(stage, orderId, current?.status);
    // A newer event of it waits for its turn, with its new priority.
    if (from === OrderStatus.pending && current.priority !== priority)
      return this.skipped(stage, orderId, current.status);
    const result = await this.steps.perform({ stage, orderId, idempotencyKey: `${orderId}/${stage}` });
    const reached = result.succeeded ? to : OrderStatus.failed;
    const outcome = await this.batcher.apply(
      {
        orderId,
        from,
        to: reached,
        principal,
        requestId,
        reason: result.succeeded ? null : result.reason,
      },
      { comesAgain: true },
    );
    if (outcome.result === 'refused') throw outcome.error;
    if (outcome.result === 'not_moved') return this.skipped(stage, orderId, outcome.status);
    this.logger.info(
      { order_id: orderId, from, to: reached, request_id: requestId, principal: principal.text },
      'order.moved',
    );
    return outcome;
  }

  private skipped(stage: FulfillmentStage, orderId: string, status: OrderStatus | undefined): UnblockedOutcome {
    this.logger.info({ order_id: orderId, stage, status }, 'order.stage_skipped');
    return { result: 'not_moved', status };
  }
}
