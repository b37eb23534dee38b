import { join } from 'node:path';
import { CONFIG, InvalidInputError, issueSentence, LOGGER, newId } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Attempt, ENTITIES, type Entity } from '../contracts/attempt';
import type { RunReport } from '../contracts/run-report';
import { type SimulationOptions, simulationOptionsSchema, type SimulationWish } from '../contracts/simulation-options';
import type { SimulationRows } from '../contracts/simulation-rows';
import { TooFewConnectionsError } from '../errors';
import { buildReport } from '../report/build-report';
import { builtinRows } from '../rows/builtin-rows';
import { entityRows } from '../rows/entity-row';
import { RowFactory } from '../rows/row-factory';
import { EntityRouter, type ShardRule } from '../stores/entity-router';
import { type OwnedStore, ownStores } from '../stores/owned-store';
import { placeTitle, type StorePlace, storePlaces, type StoreSettings } from '../stores/store-locations';
import { attemptRows } from './attempt-rows';
import { type PlannedRow, planRun } from './plan-run';
import { SharedRunState } from './shared-run-state';
import { WriterThreads } from './writer-threads';

const CONNECT_TIMEOUT_MS = 3000;
const ANSWER_TIMEOUT_MS = 30_000;
/** Of the server's free connections, so many are left to others. */
const CONNECTIONS_LEFT = 5;

export interface RunListeners {
  /** Called with every attempt when it has ended, in that order. */
  onAttempt?: (attempt: Attempt, soFar: { ended: number; rows: number }) => void;
  /** Called once before the first attempt. */
  onStart?: (run: { runId: string; rows: number }) => void;
  /** Ends the run: what is in flight comes to its end, the other rows are not attempted, the report says so. */
  signal?: AbortSignal;
}

export interface RunSettings {
  runId?: string;
  /** Which shard a row belongs to. */
  shardRule?: ShardRule;
  /** Whether rows get the ids of their data, or those that the store makes. */
  writesIds?: boolean;
  /** Whether the process has more important work: where the system allows it, the threads get a lower priority than the others. */
  yieldsToOthers?: boolean;
  /** The file that the threads run. */
  threadFile?: string;
}

/** What a run needs of a logger. */
export interface RunLog {
  warn: (fields: object, event: string) => void;
  error: (fields: object, event: string) => void;
}

/**
 * Inserts the rows of a simulation with as many concurrent writers as were asked for, and reports every attempt. A store that is lost
 * or a thread that dies fails rows, never the run. Throws when the run cannot begin: bad options, a store that is not there, in use,
 * or without enough connections.
 */
@Injectable()
export class RunSimulation {
  constructor(
    @Inject(CONFIG) private readonly config: StoreSettings,
    @Inject(LOGGER) private readonly logger: RunLog,
  ) {}

  async execute(wish: SimulationWish, listeners: RunListeners = {}, settings: RunSettings = {}): Promise<RunReport> {
    const options = parseOptions(wish);
    const { runId = newId(), writesIds = true, shardRule } = settings;
    if (!writesIds && options.shards > 1)
      throw new InvalidInputError('Rows whose ids the stores make cannot be spread over shards.');
    const rows = resolveRows(options);
    const plan = planRun(entityRows(rows), new EntityRouter(options.shards, shardRule), {
      rules: options.rules,
      writesIds,
    });
    const places = storePlaces(this.config, options.engine, options.shards);
    const owned = await ownStores(places);
    try {
      await prepare(owned, options.keepRows);
      const connectionsMax = await connectionsPerThread(owned, options, places.length);
      const startedAt = new Date();
      const { attempts, state } = await this.run(runId, plan, places, options, connectionsMax, listeners, settings);
      return buildReport({
        runId,
        options,
        startedAt,
        endedAt: new Date(),
        end: attempts.length < plan.length ? 'interrupted' : 'all_attempted',
        engineVersion: owned[0]!.version,
        stores: titlesByEntity(places),
        rowCounts: { user: rows.users.length, product: rows.products.length, order: rows.orders.length },
        validated: state.validated,
        inFlightMax: state.inFlightMax,
        attempts,
      });
    } finally {
      await Promise.all(owned.map((store) => store.release()));
    }
  }

  private async run(
    runId: string,
    plan: readonly PlannedRow[],
    places: readonly StorePlace[],
    { threads: threadsWanted, rules, delayMs, engine }: SimulationOptions,
    connectionsMax: number,
    { onAttempt, onStart, signal }: RunListeners,
    { threadFile = join(__dirname, 'insert-thread.js'), yieldsToOthers = false }: RunSettings,
  ): Promise<{ attempts: Attempt[]; state: SharedRunState }> {
    const ready = plan.filter(({ after }) => after.length === 0).length;
    const state = SharedRunState.of(plan.length, Math.min(threadsWanted, ready));
    // SQLite hands the file to one of those who wait, not to the first: each may have to let many others go by.
    const answerTimeoutMs = ANSWER_TIMEOUT_MS + delayMs * (engine === 'sqlite' ? 20 * threadsWanted : 1);
    const threads = new WriterThreads(
      threadFile,
      threadsWanted,
      {
        locations: new Map(places.map(({ name, location }) => [name, location])),
        limits: {
          applicationName: `order-fulfillment simulation`,
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
          answerTimeoutMs,
        },
        connectionsMax,
        rules,
        delayMs,
        shared: state.buffers,
      },
      yieldsToOthers,
    );
    try {
      onStart?.({ runId, rows: plan.length });
      const attempts = await attemptRows({
        plan,
        threads,
        state,
        threadsMax: threadsWanted,
        timeoutMs: answerTimeoutMs * 2 + delayMs,
        signal,
        onAttempt: (attempt, soFar) => {
          this.logFailure(runId, attempt);
          onAttempt?.(attempt, soFar);
        },
      });
      return { attempts, state };
    } finally {
      state.openGate();
      await threads.close();
    }
  }

  /** Without the row: it may be somebody's name and address. */
  private logFailure(run_id: string, { outcome, thread, store, worker, reason }: Attempt): void {
    if (outcome === 'invalid') this.logger.warn({ run_id, thread, store, worker }, 'simulation.row_refused');
    if (outcome === 'error') this.logger.error({ run_id, thread, store, worker, reason }, 'simulation.insert_failed');
  }
}

/** The options with their defaults. Throws InvalidInputError, a problem for each field. */
export function parseOptions(wish: SimulationWish): SimulationOptions {
  const parsed = simulationOptionsSchema.safeParse(wish, { error: issueSentence });
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code, message }) => ({ field: fieldName(path), code, message }));
  throw new InvalidInputError(
    `The simulation's options are not valid: ${fields.map(({ field, message }) => `${field}: ${message}`).join(' ')}`,
    fields,
  );
}

function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

function resolveRows({ rows, rules }: SimulationOptions): SimulationRows {
  if (rows === 'builtin') return builtinRows(rules);
  return 'count' in rows ? new RowFactory(rows.seed).rows(rows) : rows;
}

async function prepare(owned: readonly OwnedStore[], keepRows: boolean): Promise<void> {
  await Promise.all(
    owned.map(async (store) => {
      await store.migrate();
      if (!keepRows) await store.empty();
    }),
  );
}

/** As many connections as a thread can use, or as the server leaves it; a thread with fewer than it needs at once would never end. */
async function connectionsPerThread(
  owned: readonly OwnedStore[],
  { threads, shards, rules }: SimulationOptions,
  stores: number,
): Promise<number> {
  const free = Math.min(
    ...(await Promise.all(owned.map((store) => store.freeConnections()))).map((each) => each ?? Infinity),
  );
  const neededAtOnce = rules === 'strict' ? shards : 1;
  const perThread = Math.min(stores, Math.floor((free - CONNECTIONS_LEFT) / threads));
  if (perThread < neededAtOnce)
    throw new TooFewConnectionsError(threads, neededAtOnce, Math.max(0, free - CONNECTIONS_LEFT));
  return perThread;
}

function titlesByEntity(places: readonly StorePlace[]): Record<Entity, string[]> {
  const titles: Record<Entity, string[]> = { user: [], product: [], order: [] };
  for (const entity of ENTITIES) titles[entity] = places.filter((place) => place.entity === entity).map(placeTitle);
  return titles;
}
