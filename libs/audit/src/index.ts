export { AuditModule } from './audit.module';
export { type ChangeContext, currentChange, recordChangesAs } from './change-context';
export { AUDIT_MIGRATIONS } from './migrations';
export { type SupersededRow, VersionsRepository } from './versions.repository';
