export { AuditModule } from './audit.module';
export { type ChangeContext, currentChange, recordChangesAs } from './change-context';
export { clearVersions } from './clear-versions';
export { AUDIT_MIGRATIONS } from './migrations';
export type { FieldChange, RowChange } from './row-history';
export { versionInvariants } from './version-invariants';
export { type HistoryQuery, type TrackedTable, type VersionRow, VersionsRepository } from './versions.repository';
