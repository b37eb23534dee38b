import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module';
import type { Config } from './config/load-config';
import { DatabaseModule } from './database/database.module';
import { createLogger, type Logger, LOGGER } from './logging/logger';

/** What every process has: configuration, the logger, the database and its transactions. */
@Global()
@Module({})
export class PlatformModule {
  static for(config: Config, processName: string, logger: Logger = createLogger(config, processName)): DynamicModule {
    return {
      module: PlatformModule,
      imports: [ConfigModule.for(config), DatabaseModule.for(processName)],
      providers: [{ provide: LOGGER, useValue: logger }],
      exports: [LOGGER],
    };
  }
}
