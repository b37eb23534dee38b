import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG } from '../config/config.module';
import type { Config } from '../config/load-config';
import { type Logger, LOGGER } from '../logging/logger';
import { DatabaseProbe } from './database-probe';
import { dataSourceOptions } from './data-source-options';
import { KeptConnections } from './kept-connections';
import { Transactions } from './transactions';

@Global()
@Module({})
export class DatabaseModule {
  static for(processName: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [CONFIG, LOGGER],
          useFactory: (config: Config, logger: Logger) => ({
            ...dataSourceOptions(config, processName),
            // Without a handler, an idle connection that the server ends would end the process.
            poolErrorHandler: (error: Error) => logger.warn({ err: error }, 'database.connection_lost'),
            autoLoadEntities: true,
            // A database that is still starting is waited for; one that stays away ends the boot with its reason.
            retryAttempts: 10,
            retryDelay: 1000,
            verboseRetryLog: false,
          }),
        }),
      ],
      providers: [DatabaseProbe, KeptConnections, Transactions],
      exports: [DatabaseProbe, Transactions],
    };
  }
}
