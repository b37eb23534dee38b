import { StateTable } from '@app/platform';

/** Which state a stored run can go to from which. The database has the same names in a CHECK. */
export const RUN_TRANSITIONS = {
  /** Stored; it waits for a worker. */
  queued: ['running', 'failed'],
  /** A worker is on it, and says so every half second. */
  running: ['queued', 'completed', 'failed'],
  /** Every row was attempted; there is a report. */
  completed: [],
  /** It could not be run, or was given up: the reason says which. */
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type RunStatus = keyof typeof RUN_TRANSITIONS;

export const RUN_STATES = new StateTable<RunStatus>(RUN_TRANSITIONS);

/** Each status by its name, for code and for SQL. */
export const RunStatus = RUN_STATES.names;
export const RUN_STATUSES = RUN_STATES.states;

/** Runs in one of these wait for a worker, or have one. */
export const RUNS_UNDER_WAY = RUN_STATUSES.filter((status) => !RUN_STATES.isFinal(status));
