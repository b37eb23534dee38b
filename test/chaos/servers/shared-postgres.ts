import { migrateQueues } from '@app/messaging';
import { loadConfig, migrateUp } from '@app/platform';
import { CONTEXTS } from '../../../apps/cli/src/contexts';
import { TEMPLATE } from '../world';
import { PostgresServer } from './postgres-server';
import type { ServerPrograms } from './server-programs';

/** One server for all runs that leave it alone, and one that loses nothing for those that stop it; each with a migrated template. */
export class SharedPostgres {
  private readonly servers = new Map<boolean, Promise<PostgresServer>>();

  constructor(private readonly programs: ServerPrograms) {}

  get(durable: boolean): Promise<PostgresServer> {
    let server = this.servers.get(durable);
    if (!server) {
      server = this.start(durable);
      this.servers.set(durable, server);
    }
    return server;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers.values()].map(async (server) => (await server.catch(() => undefined))?.stop()));
  }

  private async start(durable: boolean): Promise<PostgresServer> {
    const server = await PostgresServer.start(this.programs, durable);
    const config = loadConfig({
      NODE_ENV: 'test',
      DATABASE_URL: await server.createDatabase(TEMPLATE),
      LOG_LEVEL: 'silent',
    });
    await migrateUp(config, CONTEXTS);
    await migrateQueues(config);
    return server;
  }
}
