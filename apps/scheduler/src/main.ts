import 'reflect-metadata';
import { runBackgroundProcess } from '@app/platform';
import { SchedulerModule } from './scheduler.module';

runBackgroundProcess({
  name: 'scheduler',
  module: (config, logger) => SchedulerModule.for(config, logger),
  port: ({ SCHEDULER_PORT }) => SCHEDULER_PORT,
});
