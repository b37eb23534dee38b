import * as pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config/load-config';
import { boundedClient } from './bounded-client';
import { SteadyPool } from './steady-pool';

const INT8_OID = pg.types.builtins.INT8;
/** A host that vanished is noticed within two minutes; the operating system's own first look is after two hours. */
export const KEEP_ALIVE_AFTER_MS = 10_000;

/** Postgres bigint as a JS number. Every bigint of this schema is bounded by a CHECK far below 2^53; a greater one is a bug. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit into a safe JS integer`);
  return value;
}

/**
 * A statement that is prepared while its tables are small is planned to read them from end to end, and keeps that plan while they
 * grow, for a minute or more. No statement of the services needs such a read of a table that grows; those of the cli do.
 */
const NO_SEQUENTIAL_SCANS = '-c enable_seqscan=off';
const SERVICES: ReadonlySet<string> = new Set(['api', 'worker', 'scheduler']);
/** Share of the pool that the processes which serve orders keep open, whatever else wants connections. */
const KEPT_SHARE: Readonly<Record<string, number>> = { api: 0.5, worker: 0.5 };

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Connection settings of one process; `processName` shows in pg_stat_activity. */
export function dataSourceOptions(config: Config, processName: string): PostgresOptions {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    driver: { ...pg, Pool: SteadyPool },
    synchronize: false,
    logging: false,
    extra: {
      max: config.DB_POOL_SIZE,
      min: Math.ceil(config.DB_POOL_SIZE * (KEPT_SHARE[processName] ?? 0)),
      connectionTimeoutMillis: config.DB_CONNECT_TIMEOUT_MS,
      application_name: `order-fulfillment ${processName}`,
      ...(SERVICES.has(processName) && { options: NO_SEQUENTIAL_SCANS }),
      lock_timeout: config.DB_LOCK_TIMEOUT_MS,
      statement_timeout: config.DB_STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: config.DB_IDLE_IN_TRANSACTION_TIMEOUT_MS,
      Client: boundedClient(config.DB_QUERY_TIMEOUT_MS),
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === INT8_OID
            ? parseBigint
            : format === 'binary'
              ? pg.types.getTypeParser(oid, format)
              : pg.types.getTypeParser(oid, format),
      },
    },
  };
}
