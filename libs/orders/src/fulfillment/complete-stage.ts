import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { MovementIntake } from '../movement/movement-intake';
import type { MoveOutcome } from '../movement/order-move';
import { FULFILLMENT_STAGES, type FulfillmentStage, FulfillmentSteps } from './fulfillment-steps';

export interface StageRun {
  stage: FulfillmentStage;
  orderId: string;
  /** Id of the event that asked for it. */
  eventId: string;
  requestId: string;
}

/**
 * Performs the step of a stage and moves the order on, or to failed with the step's reason. An order that is no longer where the
 * stage starts (cancelled meanwhile, or the event came twice) stays as it is.
 */
@Injectable()
export class CompleteStage {
  constructor(
    private readonly steps: FulfillmentSteps,
    private readonly intake: MovementIntake,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ stage, orderId, eventId, requestId }: StageRun): Promise<MoveOutcome> {
    const { from, to } = FULFILLMENT_STAGES[stage];
    const result = await this.steps.perform({ stage, orderId, idempotencyKey: eventId });
    const outcome = await this.intake.move({
      orderId,
      from,
      to: result.succeeded ? to : 'failed',
      actor: 'worker',
      requestId,
      reason: result.succeeded ? null : result.reason,
    });
    if (outcome.result === 'moved')
      this.logger.info({ orderId, from, to: result.succeeded ? to : 'failed' }, 'order.moved');
    else this.logger.info({ orderId, stage, status: outcome.status }, 'order.stage_skipped');
    return outcome;
  }
}
