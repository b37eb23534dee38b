import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { QUEUES } from '@app/messaging';
import { AcceptBatch } from '@app/orders';
import { Client } from 'pg';
import { testApi } from '../support/api';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { type AppName, type RunningApp, startApp, until } from '../support/processes';
import { emptyRedis, itWithRedis } from '../support/redis';
import { type SilentProxy, silentProxy } from '../support/silent-proxy';
import { TESTER } from '../support/principals';

describe('a process that is told to stop', () => {
  let database: TestDatabase;
  let proxies: SilentProxy[] = [];
  let running: RunningApp[] = [];

  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    [running, proxies] = [[], []];
    await database?.drop();
  });

  const start = async (app: AppName, environment: Record<string, string> = {}) => {
    const started = await startApp(app, { DATABASE_URL: database.url, LOG_LEVEL: 'info', ...environment });
    running.push(started);
    return started;
  };
  /** The same server, behind a proxy that can fall silent. */
  const throughProxy = async (url: string) => {
    const { hostname, port } = new URL(url);
    const proxy = await silentProxy({ host: hostname, port: Number(port) });
    proxies.push(proxy);
    return { proxy, url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: proxy.port }).href };
  };
  const silence = (proxy: SilentProxy) => {
    proxy.swallow('requests');
    proxy.swallow('answers');
  };

  it('is not ready first, and answers every request of clients that a balancer then sends elsewhere', async () => {
    const api = await start('api', { SHUTDOWN_DRAIN_MS: '1500' });
    let isReady = true;
    const statuses: number[] = [];
    const client = async () => {
      while (isReady) statuses.push((await fetch(`${api.url}/api/v1/products/`)).status);
    };
    const clients = Array.from({ length: 8 }, client);
    await until(async () => statuses.length > 50);
    const exit = api.stop();
    await until(async () => {
      const { status } = await fetch(`${api.url}/health/ready/`);
      isReady = status === 200;
      return status === 503;
    });
    // Whoever does not listen to a balancer is still served, and told to leave.
    const late = await fetch(`${api.url}/api/v1/products/`);
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    await Promise.all(clients);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await exit).toBe(0);
  });

  it('waits for a request that is on its way, and for no connection that never sent one', async () => {
    const api = await testApi();
    const { port, hostname } = new URL(api.url);
    const open = async (bytes: string): Promise<Socket> => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(bytes);
      return socket;
    };
    const [silent, sending] = [await open(''), await open('GET /api/v1/products/ HTTP/1.1\r\n')];
    try {
      // Both have arrived: what came after them was answered.
      await api.json('/api/v1/products/');
      const closed = api.close();
      await once(silent.resume(), 'close');
      sending.write('Host: 127.0.0.1\r\n\r\n');
      const [answer] = (await once(sending, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*connection: close/is);
      await closed;
    } finally {
      for (const socket of [silent, sending]) socket.destroy();
    }
  });

  it('hands a stored batch over after the chunk that runs', async () => {
    const app = await contexts(database.config);
    const [product] = (await someProducts(app, [10_000])) as [number];
    const requests = Array.from({ length: 3000 }, (_, index) =>
      aPlacement({ lines: lines([product, 1]), externalReference: `order-${index}` }),
    );
    const batch = { requests, errorPolicy: 'reject_failed', requestId: 'bulk', principal: TESTER } as const;
    await app.get(AcceptBatch).execute({ ...batch, batchId: randomUUID() });
    await app.close();
    // The second chunk waits for somebody who is about to write one of its references.
    const other = new Client({ connectionString: database.url });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(
        `insert into orders.orders (id, customer_name, total_minor, currency, line_count, external_reference, changed_by)
         values (gen_random_uuid(), 'Other', 1, 'USD', 1, 'order-1500', 'other')`,
      );
      const worker = await start('worker', { SIMULATED_DELAY_MS_MIN: '200000', SIMULATED_DELAY_MS_MAX: '200000' });
      await until(async () => {
        const waiting = await database.query(
          `select 1 from pg_stat_activity where application_name = 'order-fulfillment worker'
              and datname = current_database() and wait_event_type = 'Lock' and query like '%new_orders%'`,
        );
        return waiting.length > 0;
      });
      const exit = worker.stop();
      await until(async () => worker.output().includes('process.stopping'));
      await other.query('rollback');
      expect(await exit).toBe(0);
      expect(worker.output()).not.toContain('queue.close_timed_out');
      expect(await database.query('select status, successful_orders as placed from orders.order_batches')).toEqual([
        { status: 'processing', placed: 2000 },
      ]);
    } finally {
      await other.end();
    }
  });

  const deadline = { SHUTDOWN_DEADLINE_MS: '3000' };

  it.each<AppName>(['api', 'worker', 'scheduler'])('ends by its deadline when Postgres is silent: %s', async (name) => {
    const { proxy, url } = await throughProxy(database.url);
    const app = await start(name, { ...deadline, DATABASE_URL: url });
    silence(proxy);
    const request = fetch(`${app.url}/health/ready/`).catch(() => undefined);
    expect([0, 1]).toContain(await app.stop());
    await request;
  });

  itWithRedis('ends by its deadline when Redis is silent', async () => {
    const { proxy, url } = await throughProxy((await emptyRedis(3))!);
    const worker = await start('worker', { ...deadline, REDIS_URL: url });
    await until(async () => (await database.query('select 1 from messaging.queue_sentinels')).length === QUEUES.length);
    silence(proxy);
    expect([0, 1]).toContain(await worker.stop());
    expect(worker.output()).toContain('process.stopping');
  });
});
