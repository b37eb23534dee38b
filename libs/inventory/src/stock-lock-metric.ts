import { registry } from '@app/platform';
import { Histogram } from 'prom-client';

/** Observed by everything that locks stock. */
export const lockSeconds = new Histogram({
  name: 'stock_lock_seconds',
  help: 'Time of the statement that locks the stock of a batch, alone or with what it writes; when it rises, batches wait for each other',
  buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});
