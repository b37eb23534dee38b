import { registry } from '@app/platform';
import { Counter } from 'prom-client';
import type { PlacementOutcome } from './placement';

const placements = new Counter({
  name: 'orders_placement_total',
  help: 'Requests to place an order by outcome; refused ones by error code (INVENTORY_INSUFFICIENT_STOCK: an oversell prevented)',
  labelNames: ['outcome'],
  registers: [registry],
});

/** Counts what became of requests, once it is committed. */
export function countPlacements(outcomes: readonly PlacementOutcome[]): void {
  for (const outcome of outcomes)
    placements.inc({ outcome: outcome.result === 'refused' ? outcome.error.code : outcome.result });
}
