import { collectTogether, registry } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DriftRepository } from './drift.repository';
import { TurnoverRepository } from './turnover.repository';

const drifted = new Gauge({
  name: 'stock_drifted_products',
  help: 'Products whose level is not what its ledger adds up to, as of the last comparison',
  registers: [registry],
});
const age = new Gauge({
  name: 'stock_comparison_age_seconds',
  help: 'Time since the levels of all products were last compared with their ledger',
  registers: [registry],
});

const turnover = new Gauge({
  name: 'inventory_turnover_ratio',
  help: 'Units that left with orders in the last 24 hours for each unit that was on hand on average, as of the last comparison',
  registers: [registry],
});

/** Reads what the last comparison found, a few rows, whenever somebody scrapes; not a number before the first one. */
@Injectable()
export class StockMetrics {
  constructor(drift: DriftRepository, points: TurnoverRepository) {
    collectTogether(
      [drifted, age],
      () => drift.lastCheck(),
      (check) => {
        drifted.set(check?.drifted ?? Number.NaN);
        age.set(check?.ageSeconds ?? Number.NaN);
      },
    );
    collectTogether(
      [turnover],
      () => points.lastDay(),
      (ratio) => turnover.set(ratio ?? Number.NaN),
    );
  }
}
