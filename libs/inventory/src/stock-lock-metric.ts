import { registry } from '@app/platform';
import { Histogram } from 'prom-client';

/** Observed by everything that locks stock. */
export const lockSeconds = new Histogram({
  name: 'stock_lock_seconds',
  help: 'Time until the stock rows of a batch were locked and read, or taken; what is above a round trip is waiting for other batches',
  buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});
