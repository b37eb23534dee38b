export * from './contracts/attempt';
export * from './contracts/run-events';
export * from './contracts/report-document';
export * from './contracts/run-report';
export * from './contracts/simulation-options';
export * from './contracts/simulation-rows';
export { AddRow } from './entity-rows/add-row';
export { ChangeRow } from './entity-rows/change-row';
export { ReadRows } from './entity-rows/read-rows';
export { RemoveRow } from './entity-rows/remove-row';
export type { StoreChoice } from './entity-rows/row-stores';
export type { RowOf } from './entity-rows/stored-row';
export {
  EntityRowNotFoundError,
  EntityRowReferencedError,
  EntityRowTakenError,
  NoIdLeftError,
  RunNotFoundError,
  RunReportNotThereError,
  StoreInUseError,
  StoreUnavailableError,
  TooFewConnectionsError,
  TooManyRunsError,
} from './errors';
export { emptyStores, entityOfDatabase, migrateStores, storeMigrationStatus } from './migrate-stores';
export { SIMULATION_MIGRATIONS } from './migrations';
export { renderPdfReport } from './pdf/render-pdf-report';
export { consoleReport, insertLine } from './report/console-report';
export { builtinRows } from './rows/builtin-rows';
export { rowsFromCsv } from './rows/rows-from-csv';
export { RowFactory } from './rows/row-factory';
export { checkRow, NAME_LENGTH_MIN, PRICE_TOO_HIGH_ABOVE, QUANTITY_MAX } from './rules/check-row';
export { type RunListeners, RunSimulation } from './run/run-simulation';
export { CarryOutRun } from './runs/carry-out-run';
export { RequestRun } from './runs/request-run';
export { RUN_STATES, RUN_STATUSES, RunStatus } from './runs/run-status';
export { RunsRepository } from './runs/runs.repository';
export { SimulationRunsModule } from './runs/simulation-runs.module';
export { RUN_MINUTES_MAX, RUN_ROWS_MAX, RUNS_KEPT_MAX, RUNS_UNDER_WAY_MAX, type StoredRun } from './runs/stored-run';
export { SweepStaleRuns } from './runs/sweep-stale-runs';
export { byRemainder, EntityRouter, type ShardRule } from './stores/entity-router';
export { type StorePlace, storePlaces, type StoreSettings } from './stores/store-locations';
