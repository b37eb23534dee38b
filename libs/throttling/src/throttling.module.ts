import { requireMigrated } from '@app/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { THROTTLING_MIGRATIONS } from './migrations';
import { RateLimits } from './rate-limits';

/** How many requests each client may send. */
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class ThrottlingModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, THROTTLING_MIGRATIONS);
  }
}
