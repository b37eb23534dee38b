import { createHash } from 'node:crypto';
import { CONFIG, type Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type FulfillmentStage, type FulfillmentStep, FulfillmentSteps, type StepResult } from './fulfillment-steps';

/** Stands in for warehouse and carrier: delays and failures by configuration, the same again for the same seed and order. */
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

  override delayMs(stage: FulfillmentStage, orderId: string): number {
    const { SIMULATED_DELAY_MS_MIN: min, SIMULATED_DELAY_MS_MAX: max } = this.config;
    return max === 0 ? 0 : Math.round(min + this.chance('delay', stage, orderId) * (max - min));
  }

  override async perform({ stage, orderId }: FulfillmentStep): Promise<StepResult> {
    const rate = this.failureRates[stage];
    if (rate === 0 || this.chance('failure', stage, orderId) >= rate) return { succeeded: true };
    return { succeeded: false, reason: `Simulated failure at ${stage}` };
  }

  /** A number in [0, 1) that depends on nothing but the seed and what is asked for. */
  private chance(what: string, stage: FulfillmentStage, orderId: string): number {
    const hash = createHash('sha256').update(`${this.config.SIMULATION_SEED}/${what}/${stage}/${orderId}`).digest();
    return hash.readUInt32BE() / 2 ** 32;
  }
}
