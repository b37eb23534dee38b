import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { ServerPrograms, StartedServer } from './server-programs';

/** A Postgres of the suite's own, with a migrated template: a database of a run is a copy of it. */
export class PostgresServer {
  private constructor(
    private readonly programs: ServerPrograms,
    private readonly dataDir: string,
    private readonly durable: boolean,
    private server: StartedServer,
  ) {}

  /** `durable` writes everything to the disk before COMMIT is answered: for faults that stop the server. */
  static async start(programs: ServerPrograms, durable: boolean): Promise<PostgresServer> {
    const dataDir = mkdtempSync(join(tmpdir(), 'order-fulfillment-chaos-postgres-'));
    chmodSync(dataDir, 0o711); // as root, Postgres runs as another user
    const server = await programs.startPostgres({ dataDir, durable, removeOnStop: true, log: () => undefined });
    return new PostgresServer(programs, dataDir, durable, server);
  }

  get port(): number {
    return this.server.port;
  }

  /** Gives the URL of a new database of this name. */
  async createDatabase(name: string, template?: string): Promise<string> {
    if (!template) return this.programs.ensureDatabase(this.server.url, name);
    await this.asSuperuser((client) => client.query(`create database ${name} template ${template}`));
    return this.urlOf(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.asSuperuser((client) => client.query(`drop database if exists ${name} with (force)`));
  }

  /** Past every proxy. */
  urlOf(database: string): string {
    return Object.assign(new URL(this.server.url), { pathname: `/${database}` }).href;
  }

  /** Ends it as a crash would: nothing is written, no client is told; the next start replays the log. */
  async stopAtOnce(): Promise<void> {
    process.kill(Number(readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
    await this.server.exited;
  }

  /** On another port than before. */
  async startAgain(): Promise<void> {
    const { programs, dataDir, durable } = this;
    this.server = await programs.startPostgres({ dataDir, durable, removeOnStop: true, log: () => undefined });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.server.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
