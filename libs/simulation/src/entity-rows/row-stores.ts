import { existsSync } from 'node:fs';
import { CONFIG, DomainError, errorCode, type Once, Transactions, UnavailableError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Engine } from '../contracts/simulation-options';
import { StoreUnavailableError } from '../errors';
import { migrateStores } from '../migrate-stores';
import { ENTITY_NAMES } from '../rows/entity-row';
import { sentenceOf, type UseStores } from '../run/insert-row';
import { EntityRouter } from '../stores/entity-router';
import { type Store, StoreBusyError, type StoreLimits } from '../stores/store';
import { openStore, StoreConnections } from '../stores/store-connections';
import { type StorePlace, storePlaces, type StoreSettings } from '../stores/store-locations';

/** Each has connections of its own to the stores that it needs, which a run needs more urgently. */
const AT_ONCE_MAX = 4;
/** Those at work and those that wait. */
const ASKING_MAX = 100;
const LIMITS: StoreLimits = {
  applicationName: 'order-fulfillment simulation rows',
  connectTimeoutMs: 3000,
  answerTimeoutMs: 5000,
  // This process has others to answer.
  busyTimeoutMs: 0,
};
const INVALID_CATALOG_NAME = '3D000';
/** A statement that was given up, or a file that somebody has to himself. */
const BUSY = /^(57014|SQLITE_BUSY.*)$/;

/** Which stores are meant. The number of shards is that of whoever wrote the rows: it says where a row is. */
export interface StoreChoice {
  engine: Engine;
  shards: number;
}

/** The stores of a choice, as a piece of work asks for them by their names. */
export interface ChosenStores {
  router: EntityRouter;
  /** Gives those that are there: one that is not has no rows. */
  existing: UseStores;
  /** Makes those that are not there. */
  made: UseStores;
}

type Work<T> = (stores: ChosenStores) => Promise<T>;

/** The stores of the simulation for single rows, a few users at a time: a connection lasts for one piece of work. */
@Injectable()
export class RowStores {
  private readonly turns = pLimit(AT_ONCE_MAX);
  /** Whoever makes a store has it to himself: two would refuse each other. */
  private readonly making = pLimit(1);

  constructor(
    @Inject(CONFIG) private readonly config: StoreSettings,
    private readonly transactions: Transactions<'simulation'>,
  ) {}

  read<T>(choice: StoreChoice, work: Work<T>): Promise<T> {
    return this.inTurn(() => this.connected(choice, work));
  }

  /** Writes, with `once` a single time. */
  write<T>(choice: StoreChoice, once: Once<T, 'simulation'> | undefined, work: Work<T>): Promise<T> {
    return this.inTurn(() => this.once(once, () => this.connected(choice, work)));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.turns.activeCount + this.turns.pendingCount >= ASKING_MAX)
      throw new UnavailableError('Many requests wait for the stores of the simulation. Try again in a moment.');
    return this.turns(work);
  }

  /**
   * What remembers the write is in the product's database, and the row is not. A process that dies between the two commits leaves
   * the row without the memory of it: who asks again hears that the row is there.
   */
  private async once<T>(once: Once<T, 'simulation'> | undefined, write: () => Promise<T>): Promise<T> {
    if (!once) return write();
    let written: Promise<T> | undefined;
    // The transaction may be begun again, and the row is written all the same.
    return this.transactions.run(() => (written ??= write()), { once });
  }

  private async connected<T>({ engine, shards }: StoreChoice, work: Work<T>): Promise<T> {
    const places = new Map(storePlaces(this.config, engine, shards).map((place) => [place.name, place]));
    const connections = new StoreConnections((name) => open(places.get(name)!), places.size);
    const known = new Set<string>();
    const isThere = async (name: string): Promise<boolean> => {
      if (known.has(name)) return true;
      const found = await hasTable(places.get(name)!, connections);
      if (found) known.add(name);
      return found;
    };
    const make = async (name: string): Promise<void> => {
      connections.forgetFailure(name);
      if (await isThere(name)) return;
      await migrateStores([places.get(name)!]);
      connections.forgetFailure(name);
    };
    try {
      return await work({
        router: new EntityRouter(shards),
        existing: async (names) => {
          const found: string[] = [];
          for (const name of names) if (await isThere(name)) found.push(name);
          return connections.use(found);
        },
        made: async (names) => {
          for (const name of names) if (!(await isThere(name))) await this.making(() => make(name));
          return connections.use(names);
        },
      });
    } catch (error) {
      throw isBusy(error, connections) ? noAnswer(error) : error;
    } finally {
      await connections.close();
    }
  }
}

/** False when the database, the file or its table is not there yet. Asking makes none of them. */
async function hasTable({ name, entity, location }: StorePlace, connections: StoreConnections): Promise<boolean> {
  if (location.engine === 'sqlite' && !existsSync(location.file)) return false;
  try {
    const [store] = await connections.use([name]);
    return await store!.hasTable(ENTITY_NAMES[entity].table);
  } catch (error) {
    if (errorCode(error) === INVALID_CATALOG_NAME) return false;
    throw error;
  }
}

async function open({ name, location }: StorePlace): Promise<Store> {
  try {
    return await openStore(name, location, LIMITS);
  } catch (error) {
    if (errorCode(error) === INVALID_CATALOG_NAME) throw error;
    throw new StoreUnavailableError(name, sentenceOf(error), 'is it running, and are its settings right?', {
      cause: error,
    });
  }
}

function isBusy(error: unknown, connections: StoreConnections): boolean {
  if (error instanceof DomainError) return false;
  const code = errorCode(error) ?? '';
  return error instanceof StoreBusyError || BUSY.test(code) || connections.hasLost;
}

function noAnswer(cause: unknown): UnavailableError {
  return new UnavailableError('A store of the simulation does not answer. Try again in a moment.', [], { cause });
}
