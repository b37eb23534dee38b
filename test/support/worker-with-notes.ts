import { runBackgroundProcess } from '@app/platform';
import { subscriptionsOf } from '../../apps/worker/src/subscriptions';
import { WorkerModule } from '../../apps/worker/src/worker.module';
import { NOTE_PLACED_ORDERS } from './note-placed-orders';

/** The worker with one subscription more, as a process that a test can kill. */
runBackgroundProcess({
  name: 'worker',
  module: (config, logger) => WorkerModule.for(config, logger, [...subscriptionsOf(config), NOTE_PLACED_ORDERS]),
  port: ({ WORKER_PORT }) => WORKER_PORT,
  isReady: async () => true,
});
