import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FoldOrderStatistics, OrderStatisticsRepository } from '@app/orders';
import { loadConfig, withDataSource } from '@app/platform';
import { type BenchDatabase, withClient } from '../lab/database';
import { ARTIFACTS, productEnvironment, runCli } from '../lab/product';
import type { Servers } from '../lab/servers';
import { loadOrders } from './load-orders';
import { GROWN } from './rows';

export const SIZES = { '10k': 10_000, '1m': 1_000_000, '10m': 10_000_000 } as const;
export type SizeName = keyof typeof SIZES;
const COPIED_BELOW = 100_000;

export const nameOf = (size: SizeName) => `bench_grown_${size}`;

const SCHEMA = join(ARTIFACTS, '../../docs/schema.sql');

/**
 * A database of this many orders for one measurement. What is written to a small one would soon make it a larger one, so that is
 * copied for each; large ones are used again, and keep what was written to them.
 */
export async function grownDatabase(servers: Servers, size: SizeName): Promise<BenchDatabase> {
  const name = nameOf(size);
  const url = await ensureGrown(servers, size, name);
  if (SIZES[size] < COPIED_BELOW) return servers.copy(name, 'bench_grown');
  await foldStatistics(url);
  return { url, drop: () => endPlaced(url) };
}

/** A worker does that every ten seconds; none runs here, and every reader would add up what is not folded. */
async function foldStatistics(url: string): Promise<void> {
  const config = loadConfig(productEnvironment({ databaseUrl: url }));
  await withDataSource(config, 'bench', (source) =>
    new FoldOrderStatistics(new OrderStatisticsRepository(source, config)).execute(),
  );
}

/** Nobody works on what was placed here: ten minutes later it would be thousands of stale orders, which every reader counts. */
async function endPlaced(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(
      `update orders.orders set status = 'cancelled' where status = 'pending' and customer_email not like '%${GROWN}'`,
    ),
  );
}

/** The one of an earlier run when its schema is that of today, else made now. */
async function ensureGrown(servers: Servers, size: SizeName, name: string): Promise<string> {
  const made = `${size} ${createHash('sha256').update(readFileSync(SCHEMA)).digest('hex')}`;
  const url = servers.url(name);
  if ((await commentOn(servers.postgresUrl, name)) === made) return url;
  const startedAt = Date.now();
  console.log(`Loading ${SIZES[size].toLocaleString('en-US')} orders:`);
  await servers.productDatabase(name);
  await loadOrders(url, SIZES[size], (line) => console.log(line));
  // Of a large one it would take longer than the measurements; it is made by the same statements.
  if (SIZES[size] < COPIED_BELOW) await runCli(['verify'], { databaseUrl: url });
  await withClient(url, (client) => client.query(`comment on database ${name} is '${made}'`));
  console.log(`Loaded in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
  return url;
}

async function commentOn(server: string, database: string): Promise<string | undefined> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ comment: string }>(
      `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
      [database],
    );
    return rows[0]?.comment;
  });
}
