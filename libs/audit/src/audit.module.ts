import { requireMigrated } from '@app/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
import { VersionActions } from './actions/version-actions';
import { CleanUpHistory } from './clean-up-history';
import { VersionsRepository } from './versions.repository';
import { DataSource } from 'typeorm';
import { AUDIT_MIGRATIONS } from './migrations';

const PUBLIC = [CleanUpHistory, VersionActions, VersionsRepository];

@Module({ providers: PUBLIC, exports: PUBLIC })
export class AuditModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, AUDIT_MIGRATIONS);
  }
}
