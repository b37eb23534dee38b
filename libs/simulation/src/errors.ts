import { DomainError, type FieldError, UnavailableError } from '@app/platform';
import type { Entity } from './contracts/attempt';

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

/** A run kept the others waiting for too long. */
export class RunTooLongError extends DomainError {
  readonly code = 'SIMULATION_RUN_TOO_LONG';
  readonly kind = 'conflict';

  constructor(minutesMax: number) {
    super(`It was not done after ${minutesMax} minutes: ask for fewer rows, more writers, or shorter delays.`);
  }
}

/** As many runs as there may be wait, or are carried out. */
export class TooManyRunsError extends UnavailableError {
  override readonly code = 'SIMULATION_TOO_MANY_RUNS';

  constructor(underWayMax: number) {
    super(`${underWayMax} simulations wait or are carried out. Try again when one of them has ended.`);
  }
}

/** No row of the entity has this id in the stores that were asked. */
export class EntityRowNotFoundError extends DomainError {
  readonly code = 'SIMULATION_ROW_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(entity: Entity, id: number) {
    super(`There is no ${entity} ${id} in these stores of the simulation.`);
  }
}

/** Another row has the id, or the e-mail address. */
export class EntityRowTakenError extends DomainError {
  readonly code = 'SIMULATION_ROW_TAKEN';
  readonly kind = 'conflict';

  constructor(problems: readonly { field: string; message: string }[]) {
    super(
      'Another row has this value.',
      problems.map((problem): FieldError => ({ ...problem, code: 'duplicate' })),
    );
  }
}

/** Orders name the row: without it they would be about nothing. */
export class EntityRowReferencedError extends DomainError {
  readonly code = 'SIMULATION_ROW_REFERENCED';
  readonly kind = 'conflict';

  constructor(entity: Entity, id: number) {
    super(`Orders of the simulation name ${entity} ${id}: remove them first.`);
  }
}

/** The greatest id is in use, and no id was given. */
export class NoIdLeftError extends DomainError {
  readonly code = 'SIMULATION_NO_ID_LEFT';
  readonly kind = 'conflict';

  constructor(entity: Entity) {
    super(`The greatest id of a ${entity} is in use: give an id that is free.`, [
      { field: 'id', code: 'required', message: 'Give an id that is free.' },
    ]);
  }
}
