import { Module } from '@nestjs/common';
import { VersionsRepository } from './versions.repository';

@Module({ providers: [VersionsRepository], exports: [VersionsRepository] })
export class AuditModule {}
