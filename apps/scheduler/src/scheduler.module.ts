import { MessagingModule } from '@app/messaging';
import { type Config, type Logger, PlatformModule } from '@app/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Clock } from './clock';
import { FireDueTicks } from './fire-due-ticks';

@Module({})
export class SchedulerModule {
  static for(config: Config, logger: Logger): DynamicModule {
    return {
      module: SchedulerModule,
      imports: [PlatformModule.for(config, 'scheduler', logger), MessagingModule, ScheduleModule.forRoot()],
      providers: [Clock, FireDueTicks],
    };
  }
}
