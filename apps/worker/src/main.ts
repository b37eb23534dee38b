import 'reflect-metadata';
import { QueueFlow, QueueHealth } from '@app/messaging';
import { runBackgroundProcess } from '@app/platform';
import { WorkerModule } from './worker.module';

runBackgroundProcess({
  name: 'worker',
  module: (config, logger) => WorkerModule.for(config, logger),
  port: ({ WORKER_PORT }) => WORKER_PORT,
  isReady: async (app) =>
    app.get(QueueFlow, { strict: false }).stalled().length === 0 &&
    (await app.get(QueueHealth, { strict: false }).answers()),
});
