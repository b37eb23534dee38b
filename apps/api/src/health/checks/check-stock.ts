import { DriftRepository } from '@app/inventory';
import { DeadLettersRepository } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

const COUNT_MAX = 10_000;
/** What an order fails with when what is stored of it or of its stock is damaged. */
const DAMAGE_CODES = ['INVENTORY_RESERVATION_MISMATCH', 'ORDER_INCONSISTENT'];

/** Levels that are not what the ledger says, and orders that wait for a person because of what is stored. */
@Injectable()
export class CheckStock implements HealthCheck {
  readonly needsDatabase = true;

  constructor(
    private readonly drift: DriftRepository,
    private readonly deadLetters: DeadLettersRepository,
  ) {}

  async execute(): Promise<Check> {
    const [last, heldUp] = await Promise.all([
      this.drift.lastCheck(),
      this.deadLetters.count({ openOnly: true, codes: DAMAGE_CODES }, COUNT_MAX),
    ]);
    const drifted = last?.drifted ?? 0;
    const figures = {
      last_comparison_seconds: last ? Math.round(last.ageSeconds) : null,
      ...(last && { products: last.checked, drifted }),
      orders_held_up: heldUp,
    };
    const notes: string[] = [];
    if (last && drifted > 0)
      notes.push(
        `${drifted} ${drifted === 1 ? 'level is' : 'levels are'} not what the ledger says (product ${last.examples.join(', ')}` +
          `${drifted > last.examples.length ? ', …' : ''}). See them with: npm run cli -- reconcile-stock`,
      );
    if (heldUp > 0)
      notes.push(
        `${heldUp} ${heldUp === 1 ? 'order is' : 'orders are'} held up by damaged rows. See them with: npm run cli -- ` +
          'dead-letters list, repair with reconcile-stock, then replay',
      );
    if (notes.length === 0) return { status: 'healthy', ...figures };
    return { status: 'degraded', ...figures, message: notes.join('. ') };
  }
}
