import { DriftRepository } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

@Injectable()
export class CheckStock implements HealthCheck {
  readonly needsDatabase = true;

  constructor(private readonly drift: DriftRepository) {}

  async execute(): Promise<Check> {
    const last = await this.drift.lastCheck();
    if (!last) return { status: 'healthy', last_comparison_seconds: null };
    const { ageSeconds, checked, drifted, examples } = last;
    const figures = { last_comparison_seconds: Math.round(ageSeconds), products: checked, drifted };
    if (drifted === 0) return { status: 'healthy', ...figures };
    return {
      status: 'degraded',
      ...figures,
      message:
        `${drifted} ${drifted === 1 ? 'level is' : 'levels are'} not what the ledger says (product ${examples.join(', ')}` +
        `${drifted > examples.length ? ', …' : ''}). See them with: npm run cli -- reconcile-stock`,
    };
  }
}
