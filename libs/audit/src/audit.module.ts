import { requireMigrated } from '@app/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
import { VersionsRepository } from './versions.repository';
import { DataSource } from 'typeorm';
import { AUDIT_MIGRATIONS } from './migrations';

@Module({ providers: [VersionsRepository], exports: [VersionsRepository] })
export class AuditModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, AUDIT_MIGRATIONS);
  }
}
