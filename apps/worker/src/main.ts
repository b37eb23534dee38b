import 'reflect-metadata';
import { runBackgroundProcess } from '@app/platform';
import { WorkerModule } from './worker.module';

runBackgroundProcess({
  name: 'worker',
  module: (config, logger) => WorkerModule.for(config, logger),
  port: ({ WORKER_PORT }) => WORKER_PORT,
});
