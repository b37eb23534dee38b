import { DomainError, UnavailableError } from '@app/platform';

/** Somebody else is using a store of the simulation: a run has its stores to itself. */
export class StoreInUseError extends DomainError {
  readonly code = 'SIMULATION_STORE_IN_USE';
  readonly kind = 'conflict';

  constructor(store: string) {
    super(`Another simulation is using ${store}: wait until it has ended, then start again.`);
  }
}

/** A store is not there, or cannot be made or migrated. */
export class StoreUnavailableError extends DomainError {
  readonly code = 'SIMULATION_STORE_UNAVAILABLE';
  readonly kind = 'unavailable';

  constructor(store: string, why: string, remedy: string, options?: ErrorOptions) {
    super(`The store ${store} cannot be used (${why}): ${remedy}`, [], options);
  }
}

/** The database server has fewer free connections than the run's threads need. */
export class TooFewConnectionsError extends DomainError {
  readonly code = 'SIMULATION_TOO_FEW_CONNECTIONS';
  readonly kind = 'unavailable';

  constructor(threads: number, perThread: number, free: number) {
    super(
      `${threads} threads need ${threads * perThread} connections, and the server has ${free} free: ask for at most ` +
        `${Math.max(1, Math.floor(free / perThread))} threads, or raise its max_connections.`,
    );
  }
}

/** No run has this id, or it was removed to make room for newer ones. */
export class RunNotFoundError extends DomainError {
  readonly code = 'SIMULATION_RUN_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`Simulation ${id} does not exist.`);
  }
}

/** A run has a report when it is completed. */
export class RunReportNotThereError extends DomainError {
  readonly code = 'SIMULATION_REPORT_NOT_THERE';
  readonly kind = 'conflict';

  constructor({ id, status }: { id: string; status: string }) {
    super(`Simulation ${id} is ${status}: it has a report when it is completed.`);
  }
}

/** As many runs as there may be wait, or are carried out. */
export class TooManyRunsError extends UnavailableError {
  override readonly code = 'SIMULATION_TOO_MANY_RUNS';

  constructor(underWayMax: number) {
    super(`${underWayMax} simulations wait or are carried out. Try again when one of them has ended.`);
  }
}
