export { AuditModule } from './audit.module';
export { type ChangeContext, recordChangesAs } from './change-context';
export { CleanUpHistory } from './clean-up-history';
export { clearVersions } from './clear-versions';
export * from './contracts/audit-ticks';
export { AUDIT_MIGRATIONS } from './migrations';
export type { FieldChange, RowChange, VersionRow } from './row-history';
export { versionInvariants } from './version-invariants';
export { type HistoryQuery, type TrackedTable, VersionsRepository } from './versions.repository';
