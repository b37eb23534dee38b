import { createHash } from 'node:crypto';
import { CONFIG, type Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type FulfillmentStage, type FulfillmentStep, FulfillmentSteps, type StepResult } from './fulfillment-steps';

/** Stands in for warehouse and carrier: failures by configuration, the same again for the same seed and order. */
@Injectable()
export class SimulatedSteps extends FulfillmentSteps {
  private readonly failureRates: Record<FulfillmentStage, number>;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    super();
    this.failureRates = {
      processing: config.SIMULATED_FAILURE_RATE_PROCESSING,
      shipping: config.SIMULATED_FAILURE_RATE_SHIPPING,
      delivery: config.SIMULATED_FAILURE_RATE_DELIVERY,
    };
  }

  override async perform({ stage, orderId }: FulfillmentStep): Promise<StepResult> {
    const rate = this.failureRates[stage];
    if (rate === 0 || chance(this.config, 'failure', stage, orderId) >= rate) return { succeeded: true };
    return { succeeded: false, reason: `Simulated failure at ${stage}` };
  }
}

/** How long the step of a stage takes, in milliseconds, by configuration: the queue holds its job back for that. */
export function simulatedDelayMs(config: Config, stage: FulfillmentStage, orderId: string): number {
  const { SIMULATED_DELAY_MS_MIN: min, SIMULATED_DELAY_MS_MAX: max } = config;
  return max === 0 ? 0 : Math.round(min + chance(config, 'delay', stage, orderId) * (max - min));
}

/** A number in [0, 1) that depends on nothing but the seed and what is asked for. */
function chance({ SIMULATION_SEED }: Config, what: string, stage: FulfillmentStage, orderId: string): number {
  const hash = createHash('sha256').update(`${SIMULATION_SEED}/${what}/${stage}/${orderId}`).digest();
  return hash.readUInt32BE() / 2 ** 32;
}
