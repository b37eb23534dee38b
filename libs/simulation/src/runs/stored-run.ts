import type { SimulationWish } from '../contracts/simulation-options';
import type { RunStatus } from './run-status';

/** Rows of one stored run at most: its report is kept in the database, and drawn in about 20 s on one slow core. */
export const RUN_ROWS_MAX = 10_000;
/** Runs that wait or are carried out. */
export const RUNS_UNDER_WAY_MAX = 10;
/** Runs that are kept with their reports; the oldest that have ended make room. A run of 10,000 rows takes about 5 MB. */
export const RUNS_KEPT_MAX = 100;
/** A run is given up when so many workers stopped in the middle of it. */
export const RUN_STARTS_MAX = 3;
/**
 * The next one waits for it. The greatest run takes 2 minutes on one slow core, and writers that wait for 10 s in each transaction
 * could keep the others waiting for a day.
 */
export const RUN_MINUTES_MAX = 15;
/** A worker that says nothing for so long is gone. */
export const RUN_SILENCE_SECONDS_MAX = 15;

/** A run that was asked for, and how far it is. */
export interface StoredRun {
  id: string;
  status: RunStatus;
  options: SimulationWish;
  totalRows: number;
  insertedRows: number;
  failedRows: number;
  failureReason: string | null;
  starts: number;
  /** The text of the principal that asked for it. */
  createdBy: string;
  requestId: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}
