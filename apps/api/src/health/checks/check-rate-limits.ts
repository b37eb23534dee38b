import { RateLimits } from '@app/throttling';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

/** Requests go on while they cannot be counted: that nobody is limited is to be seen here. */
@Injectable()
export class CheckRateLimits implements HealthCheck {
  readonly needsDatabase = false;

  constructor(private readonly limits: RateLimits) {}

  async execute(): Promise<Check> {
    const { store, fault } = await this.limits.state();
    if (fault === undefined) return { status: 'healthy', store };
    return {
      status: 'degraded',
      store,
      message: `Requests are not counted, and nobody is limited: ${store} does not answer (${fault}).`,
    };
  }
}
