import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG } from '../config/config.module';
import type { Config } from '../config/environment';
import { DatabaseProbe } from './database-probe';
import { dataSourceOptions } from './data-source-options';
import { Transactions } from './transactions';

@Global()
@Module({})
export class DatabaseModule {
  static for(processName: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [CONFIG],
          useFactory: (config: Config) => ({
            ...dataSourceOptions(config, processName),
            autoLoadEntities: true,
            // A database that is still starting is waited for; one that stays away ends the boot with its reason.
            retryAttempts: 10,
            retryDelay: 1000,
            verboseRetryLog: false,
          }),
        }),
      ],
      providers: [DatabaseProbe, Transactions],
      exports: [DatabaseProbe, Transactions],
    };
  }
}
