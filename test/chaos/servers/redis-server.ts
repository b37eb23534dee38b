import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Redis from 'ioredis';
import type { ServerPrograms, StartedServer } from './server-programs';

/** A Redis of a run's own, without persistence: a restart is a loss of everything. */
export class RedisServer {
  private constructor(
    private readonly programs: ServerPrograms,
    private server: StartedServer,
    private pid: number,
    private dir: string,
  ) {}

  /** Undefined when the machine has no redis-server. */
  static async start(programs: ServerPrograms): Promise<RedisServer | undefined> {
    const dir = folder();
    const server = await programs.startRedis({ dir });
    return server && new RedisServer(programs, server, await pidOf(server.url), dir);
  }

  get port(): number {
    return this.server.port;
  }

  /** Loses everything. The next start is on another port. */
  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.server.exited;
    rmSync(this.dir, { recursive: true, force: true });
  }

  async startAgain(): Promise<void> {
    this.dir = folder();
    this.server = (await this.programs.startRedis({ dir: this.dir }))!;
    this.pid = await pidOf(this.server.url);
  }

  freeze(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  async command(name: string, ...parameters: string[]): Promise<unknown> {
    return withRedis(this.server.url, (redis) => redis.call(name, ...parameters));
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

const folder = () => mkdtempSync(join(tmpdir(), 'order-fulfillment-chaos-redis-'));

async function pidOf(url: string): Promise<number> {
  return withRedis(url, async (redis) => Number(/process_id:(\d+)/.exec(await redis.info('server'))![1]));
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
