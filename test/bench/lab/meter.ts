import { Client } from 'pg';
import { cpuMsOf, cpuMsOfFamily, parentOf, rssMbOf } from './processes';
import type { Running } from './product';

const SAMPLE_EVERY_MS = 100;

/** What a measurement used; by name of the process where there are several. */
export interface Usage {
  rssMbMax: Record<string, number>;
  cpuMs: Record<string, number>;
  walBytes: number;
}

/** Measures what processes and the database server use between `start` and `stop`. */
export class Meter {
  private readonly rssMbMax: Record<string, number> = {};
  private sampling: NodeJS.Timeout | undefined;
  private cpuBefore: Record<string, number> = {};
  private walBefore: Promise<bigint> | undefined;

  private constructor(
    private readonly client: Client,
    private readonly postmaster: number | undefined,
    private readonly processes: readonly Running[],
  ) {}

  static async of(databaseUrl: string, processes: readonly Running[]): Promise<Meter> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return new Meter(client, parentOf(rows[0]!.pid), processes);
  }

  start(): void {
    this.cpuBefore = this.cpuNow();
    this.walBefore = this.walNow();
    // A failure shows where it is awaited.
    this.walBefore.catch(() => undefined);
    this.sampling = setInterval(() => this.sample(), SAMPLE_EVERY_MS);
  }

  async stop(): Promise<Usage> {
    clearInterval(this.sampling);
    this.sample();
    const cpuNow = this.cpuNow();
    const cpuMs = Object.fromEntries(
      Object.entries(cpuNow).map(([name, ms]) => [name, ms - (this.cpuBefore[name] ?? 0)]),
    );
    const walBytes = Number((await this.walNow()) - (await this.walBefore!));
    return { rssMbMax: this.rssMbMax, cpuMs, walBytes };
  }

  async close(): Promise<void> {
    clearInterval(this.sampling);
    await this.client.end();
  }

  private sample(): void {
    for (const { name, pid } of this.processes) this.rssMbMax[name] = Math.max(this.rssMbMax[name] ?? 0, rssMbOf(pid));
  }

  private cpuNow(): Record<string, number> {
    const cpu = Object.fromEntries(this.processes.map(({ name, pid }) => [name, cpuMsOf(pid)]));
    return this.postmaster === undefined ? cpu : { ...cpu, postgres: cpuMsOfFamily(this.postmaster) };
  }

  private async walNow(): Promise<bigint> {
    const { rows } = await this.client.query<{ bytes: string }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`,
    );
    return BigInt(rows[0]!.bytes);
  }
}
