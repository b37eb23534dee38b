export { UnusableBackupError } from './backup/backup-format';
export { restoreBackup, type Restored, UnsuitableTargetError } from './backup/restore-backup';
export { writeBackup } from './backup/write-backup';
export { CONFIG } from './config/config.module';
export { CONTEXT_NAMES, type ContextName } from './config/context-urls';
export { ANY_VALUE, type ForeignIssuer, ROLE_NAMES, type RoleName } from './config/foreign-issuer';
export { type Environment, environmentSchema } from './config/environment';
export { type Config, type ConfigNeeds, InvalidEnvironmentError, loadConfig } from './config/load-config';
export type { RateLimit } from './config/rate-limit';
export { whatIsWeak } from './config/secret-strength';
export { clearTables } from './database/clear-tables';
export { countRows } from './database/count-rows';
export { CombinedWrite, GuardedWriteError } from './database/combined-write';
export { deleteInBatches } from './database/delete-in-batches';
export { DatabaseProbe } from './database/database-probe';
export { dataSourceOptions, KEEP_ALIVE_AFTER_MS } from './database/data-source-options';
export { BRIEF_LOCK_MS, WAITS_BRIEFLY } from './database/brief-lock';
export { GroupCommit } from './database/group-commit';
export { PartitionedBatcher } from './database/partitioned-batcher';
export { savepoint } from './database/savepoint';
export { checkInvariants, type Invariant, type InvariantOptions, type InvariantResult } from './database/invariants';
export {
  type ContextMigrations,
  migrateUp,
  migrationStatus,
  type MigrationStatus,
  revertLast,
} from './database/migrate';
export { ContextElsewhereError, requireContext, requireMigrated, SchemaBehindError } from './database/require-migrated';
export { SESSION_INVARIANTS } from './database/session-invariants';
export {
  errorCode,
  isConnectionLoss,
  isContention,
  isDatabaseUnavailable,
  isLockTimeout,
  isNoAnswer,
  isPoolExhausted,
  SqlState,
  violatedConstraint,
} from './database/sql-state';
export { sortedPage } from './database/sorted-page';
export { textLiterals } from './database/text-literals';
export { CommitOutcomeUnknownError, type Once, Transactions } from './database/transactions';
export type { AnyTx, Tx } from './database/tx';
export { withDataSource } from './database/with-data-source';
export {
  DomainError,
  type ErrorKind,
  type FieldError,
  InvalidInputError,
  UnavailableError,
} from './errors/domain-error';
export { issueSentence } from './errors/issue-sentence';
export { SORTED_ROWS_MAX, TooManyToSortError } from './errors/too-many-to-sort';
export { type ExpectedVersions, expectVersion, VersionMismatchError } from './errors/version-mismatch';
export { failpoint } from './failpoints/failpoint';
export { isUuid, newId, newIdOf } from './ids';
export { createLogger, type Logger, LOGGER, nestLogger } from './logging/logger';
export { prepared } from './database/prepared';
export { collectProcessMetrics, collectTogether, registry } from './metrics/registry';
export { PlatformModule } from './platform.module';
export { Principal, PRINCIPAL_ID_MAX, type PrincipalKind, type VerifiedIdentity } from './principal/principal';
export { DerivedKey } from './secrets/derived-key';
export { closeOnSignal, exitOnBootFailure, isStopping, type Stoppable, type StopTimes } from './process/lifecycle';
export { packageVersion } from './process/package-version';
export { type BackgroundProcess, runBackgroundProcess } from './process/run-background-process';
export { inTime, within } from './within';
export { isShortWorkAskedFor, nextTurn, noteShortWork, SlicedWork, slices } from './slices';
export { StateTable } from './state-table';
export { isRecord, keysOf, recordOf, recordOfAll } from './typed-records';
