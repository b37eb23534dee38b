import { Client } from 'pg';
import { withClient } from '../lab/database';
import { removeIndexes } from './bare-tables';
import { factsOf, shopSize } from './facts';
import { LEVELS, rowsOf } from './rows';

/** As many as the smallest machine has processors. */
const CONNECTIONS = 2;

interface Step {
  title: string;
  sql: string;
}

/**
 * Fills a migrated database that has products but no orders with this many orders. `cli verify` holds on the result: triggers are
 * off meanwhile, and what they would have done is done for all rows at once. `say` hears how long each step took.
 */
export async function loadOrders(databaseUrl: string, orders: number, say: (line: string) => void): Promise<void> {
  const size = shopSize(orders);
  const tables = rowsOf(size);
  await withClient(databaseUrl, async (client) => {
    const names = tables.flat().map(({ table }) => table);
    const indexes = await removeIndexes(client, names);
    await relaxCheckpoints(client, true);
    await runSteps(client, [{ title: 'facts', sql: factsOf(size) }], say);
    const fills = tables.map((list) => list.map(({ table, fill }) => ({ title: table, sql: fill })));
    await inParallel(databaseUrl, fills, say);
    // Whoever is free takes the next one; first those that take long.
    const building = indexes
      .map((sql) => ({ title: sql.slice(0, 80), sql }))
      .sort((one, other) => Number(other.sql.includes(' gin ')) - Number(one.sql.includes(' gin ')));
    await inParallel(databaseUrl, Array.from({ length: CONNECTIONS }, () => building), say);
    await client.query('set session_replication_role = replica');
    await runSteps(client, [{ title: 'levels', sql: LEVELS }, { title: 'vacuum', sql: 'vacuum analyze' }], say);
    await client.query('drop schema load cascade');
    await relaxCheckpoints(client, false);
  });
}

/** Each list on a connection of its own, one step after the other. Lists may be one and the same. */
async function inParallel(databaseUrl: string, lists: readonly Step[][], say: (line: string) => void): Promise<void> {
  await Promise.all(lists.map((list) => withClient(databaseUrl, (client) => runSteps(client, list, say))));
}

async function runSteps(client: Client, steps: Step[], say: (line: string) => void): Promise<void> {
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB';
                      set max_parallel_maintenance_workers = 0; set work_mem = '256MB'`);
  for (let step = steps.shift(); step; step = steps.shift()) {
    const startedAt = Date.now();
    await client.query(step.sql);
    say(`  ${step.title}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

// Every gigabyte of log would otherwise be a checkpoint, after which each page is logged whole again.
async function relaxCheckpoints(client: Client, relaxed: boolean): Promise<void> {
  for (const [name, value] of [
    ['max_wal_size', '4GB'],
    ['checkpoint_timeout', '15min'],
  ])
    await client.query(relaxed ? `alter system set ${name} = '${value}'` : `alter system reset ${name}`);
  await client.query('select pg_reload_conf()');
  await client.query('checkpoint');
}
