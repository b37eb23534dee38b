import { keysOf } from '@app/platform';
import { OrderStatus } from '../order-status';

/** The stages that an order goes through, in order, and the transition that each makes when its step succeeded. */
export const FULFILLMENT_STAGES = {
  /** Pick and pack. */
  processing: { from: OrderStatus.pending, to: OrderStatus.processing },
  /** Hand over to the carrier. */
  shipping: { from: OrderStatus.processing, to: OrderStatus.shipped },
  /** The customer has it. */
  delivery: { from: OrderStatus.shipped, to: OrderStatus.delivered },
} as const satisfies Record<string, { from: OrderStatus; to: OrderStatus }>;

export type FulfillmentStage = keyof typeof FULFILLMENT_STAGES;

/** The stage that an order in this state waits for; undefined for one that has ended. */
export function stageFrom(status: OrderStatus): FulfillmentStage | undefined {
  return keysOf(FULFILLMENT_STAGES).find((stage) => FULFILLMENT_STAGES[stage].from === status);
}

/** How many stages an order in this state has before it, 0 when it has ended. */
export function stagesLeft(status: OrderStatus): number {
  const stages = Object.values(FULFILLMENT_STAGES);
  const next = stages.findIndex(({ from }) => from === status);
  return next < 0 ? 0 : stages.length - next;
}

export interface FulfillmentStep {
  stage: FulfillmentStage;
  orderId: string;
  /** Stable across repetitions: a step may be asked for more than once, and must then have its effect once. */
  idempotencyKey: string;
}

export type StepResult = { succeeded: true } | { succeeded: false; reason: string };

/**
 * What happens outside of this product at each stage. A warehouse or carrier is connected by another implementation; it runs
 * outside of any transaction, so it may take its time.
 */
export abstract class FulfillmentSteps {
  /** Performs the step. A rejected promise is retried; a result with a reason fails the order. */
  abstract perform(step: FulfillmentStep): Promise<StepResult>;
}
