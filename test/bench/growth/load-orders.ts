import { Client } from 'pg';
import { withClient } from '../lab/database';
import { removeIndexes } from './bare-tables';
import { factsOf, shopSize } from './facts';
import { fillings, LEVELS, type Step, TABLES } from './rows';

type Say = (line: string) => void;

/** As many as the smallest machine has processors. */
const CONNECTIONS = 2;

/**
 * Fills a migrated database that has products but no orders with this many orders. `cli verify` holds on the result: triggers are
 * off meanwhile, and what they would have done is done for all rows at once. `say` hears how long each step took.
 */
export async function loadOrders(databaseUrl: string, orders: number, say: Say): Promise<void> {
  const all = { databaseUrl, say };
  await withClient(databaseUrl, async (client) => {
    const indexes = await removeIndexes(client, TABLES);
    await relaxServer(client, true);
    await inParallel(all, [{ title: 'facts', sql: factsOf(shopSize(orders)) }]);
    for (const filling of fillings()) await inParallel(all, filling);
    await inParallel(
      all,
      indexes.map((sql) => ({ title: sql.slice(0, 80), sql })),
    );
    await inParallel(all, [{ title: 'levels', sql: LEVELS }]);
    await client.query('drop schema load cascade');
    await inParallel(
      all,
      TABLES.map((table) => ({ title: `vacuum ${table}`, sql: `vacuum analyze ${table}` })),
    );
    await relaxServer(client, false);
  });
}

/** Whichever connection is free takes the next step. */
async function inParallel(
  { databaseUrl, say }: { databaseUrl: string; say: Say },
  steps: readonly Step[],
): Promise<void> {
  const queue = [...steps];
  const connections = Array.from({ length: Math.min(CONNECTIONS, queue.length) });
  await Promise.all(connections.map(() => withClient(databaseUrl, (client) => runSteps(client, queue, say))));
}

async function runSteps(client: Client, steps: Step[], say: Say): Promise<void> {
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB';
                      set max_parallel_maintenance_workers = 0; set work_mem = '256MB'`);
  for (let step = steps.shift(); step; step = steps.shift()) {
    const startedAt = Date.now();
    await client.query(step.sql);
    say(`  ${step.title}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

// Every gigabyte of log would otherwise be a checkpoint, after which each page is logged whole again; and tables would be vacuumed
// while they fill.
async function relaxServer(client: Client, relaxed: boolean): Promise<void> {
  for (const [name, value] of [
    ['max_wal_size', '4GB'],
    ['checkpoint_timeout', '15min'],
    ['autovacuum', 'off'],
  ])
    await client.query(relaxed ? `alter system set ${name} = '${value}'` : `alter system reset ${name}`);
  await client.query('select pg_reload_conf()');
  await client.query('checkpoint');
}
