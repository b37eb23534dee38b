export { AuditModule } from './audit.module';
export { type ChangeContext, currentChange, recordChangesAs } from './change-context';
export { clearVersions } from './clear-versions';
export { AUDIT_MIGRATIONS } from './migrations';
export type { FieldChange, RowChange, VersionRow } from './row-history';
export { versionInvariants } from './version-invariants';
export { type HistoryQuery, type TrackedTable, VersionsRepository } from './versions.repository';
