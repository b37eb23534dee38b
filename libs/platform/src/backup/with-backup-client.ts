import { Client } from 'pg';
import type { Config } from '../config/load-config';

/** Connects for as long as it takes: the bounds of a request are not for a whole database. */
export async function withBackupClient<T>(
  config: Config,
  command: 'backup' | 'restore',
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: config.DB_CONNECT_TIMEOUT_MS,
    application_name: `order-fulfillment ${command}`,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
    lock_timeout: config.DB_LOCK_TIMEOUT_MS,
    keepAlive: true,
  });
  // Whatever was under way rejects with the reason; without a listener a lost connection would end the process before.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
