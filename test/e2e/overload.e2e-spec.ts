import { get } from 'node:http';
import { connect } from 'node:net';
import { registry } from '@app/platform';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { type TestApi, testApi } from '../support/api';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type RunningApp, startApp, until } from '../support/processes';

/** More than there is room for is told to come back: 503 with Retry-After, never a 500, and never the end of a process. */
describe('an API with more to do than it can', () => {
  let api: TestApi;
  let product: number;

  beforeAll(async () => {
    api = await testApi({
      DB_POOL_SIZE: '2',
      DB_CONNECT_TIMEOUT_MS: '1000',
      LARGE_BODIES_BYTES_MAX: '100000',
      READS_WAITING_MAX: '6',
      BATCH_ORDERS_WAITING_MAX: '5',
    });
    [product] = (await someProducts(api.app, [1000])) as [number];
  });
  afterAll(async () => {
    await api?.close();
  });

  const expectBusy = async (response: Response) => {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
  };
  const order = () => ({
    customer_name: 'A',
    customer_email: 'a@b.example',
    items: [{ product_id: product, quantity: 1 }],
  });
  const bulk = (count: number, headers: Record<string, string> = {}) =>
    api.post('/api/v1/orders/bulk_create/', { orders: Array.from({ length: count }, order) }, headers);

  it('refuses reads and writes while all connections are busy, and serves again afterwards', async () => {
    const placed = await api.post('/api/v1/orders/', order());
    const runner = (await api.database.open()).createQueryRunner();
    await runner.startTransaction();
    await runner.query('lock table orders.orders in access exclusive mode');
    const stuck = [api.request(`${placed.headers.get('location')}status/`), api.post('/api/v1/orders/', order())];
    await until(
      async () =>
        (await api.database.query(`select 1 from pg_locks where not granted and relation = 'orders.orders'::regclass`))
          .length === 2,
    );
    for (const path of ['/api/v1/products/', '/api/v1/inventory/', '/api/v1/orders/statistics/'])
      await expectBusy(await api.request(path));
    await expectBusy(await api.post('/api/v1/orders/', order()));
    await runner.rollbackTransaction();
    await runner.release();
    expect((await Promise.all(stuck)).map(({ status }) => status)).toEqual([200, 201]);
    expect((await api.post('/api/v1/orders/', order())).status).toBe(201);
  });

  describe('while those who read are kept waiting', () => {
    let runner: QueryRunner;
    const READ = '/api/v1/orders/batches/00000000-0000-7000-8000-000000000000/';
    const read = (from = '127.0.0.1', signal?: AbortSignal) =>
      new Promise<number>((resolve, reject) => {
        get(`${api.url}${READ}`, { localAddress: from, agent: false, signal }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode!));
        }).once('error', reject);
      });
    const waiting = async () =>
      Number(/^http_reads_waiting (\d+)$/m.exec(await registry.getSingleMetricAsString('http_reads_waiting'))![1]);

    /** Resolves when one read is being answered, which the lock keeps waiting in the database. */
    const oneIsAnswered = () =>
      until(async () => {
        const stuck = await api.database.query(
          `select 1 from pg_locks where not granted and relation = 'orders.order_batches'::regclass`,
        );
        return stuck.length === 1;
      });
    const unlock = async () => {
      await runner.rollbackTransaction();
      await runner.startTransaction();
    };

    beforeEach(async () => {
      runner = (await api.database.open()).createQueryRunner();
      await runner.startTransaction();
      await runner.query('lock table orders.order_batches in access exclusive mode');
    });
    afterEach(async () => {
      await runner.rollbackTransaction();
      await runner.release();
      await until(async () => (await waiting()) === 0);
    });

    it('places orders', async () => {
      const reads = Array.from({ length: 3 }, () => read());
      await until(async () => (await waiting()) === 2);
      expect((await api.post('/api/v1/orders/', order())).status).toBe(201);
      await unlock();
      expect((await Promise.all(reads)).filter((status) => status !== 503)).toContain(404);
    });

    it('refuses more of an address that has half of the places, and all when there is none', async () => {
      const reads = ['127.0.0.1', '127.0.0.2', '127.0.0.2', '127.0.0.2'].map((from) => read(from));
      await until(async () => (await waiting()) === 3);
      expect(await read('127.0.0.2')).toBe(503);
      reads.push(...[1, 2, 3].map(() => read('127.0.0.3')));
      await until(async () => (await waiting()) === 6);
      expect(await read('127.0.0.4')).toBe(503);
      await Promise.all(reads);
    });

    it('let the addresses take turns', async () => {
      const answered: string[] = [];
      const from = (address: string) => read(address).then(() => answered.push(address));
      const first = read();
      await oneIsAnswered();
      const reads: Promise<unknown>[] = [];
      for (const [index, address] of ['127.0.0.2', '127.0.0.2', '127.0.0.3'].entries()) {
        reads.push(from(address));
        await until(async () => (await waiting()) === index + 1);
      }
      await unlock();
      await Promise.all([first, ...reads]);
      expect(answered).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.2']);
    });

    it('go on when one who was being answered has left', async () => {
      const leaving = new AbortController();
      const left = read('127.0.0.2', leaving.signal).catch(() => undefined);
      await oneIsAnswered();
      const next = read();
      await until(async () => (await waiting()) === 1);
      leaving.abort();
      await left;
      await unlock();
      expect(await next).toBe(404);
      expect(await read()).toBe(404);
    });

    it('begin one after the other when they come on one connection', async () => {
      const socket = pipeline(3, READ);
      await oneIsAnswered();
      expect(await waiting()).toBe(0);
      await unlock();
      await until(async () => socket.statuses().length === 3);
      expect(socket.statuses()).toEqual([404, 404, 404]);
      socket.end();
    });

    it('begins no work for who has left', async () => {
      const leaving = new AbortController();
      const first = read();
      const left = [1, 2, 3].map(() => read('127.0.0.2', leaving.signal).catch(() => undefined));
      await until(async () => (await waiting()) === 3);
      leaving.abort();
      await until(async () => (await waiting()) === 0);
      await Promise.all([first, ...left]);
    });
  });

  /** Requests on one connection that are sent without waiting for an answer. */
  const pipeline = (count: number, path: string) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    let answers = '';
    let isClosed = false;
    socket.on('data', (chunk: Buffer) => (answers += chunk.toString())).on('error', () => undefined);
    socket.once('close', () => (isClosed = true));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(count));
    return {
      statuses: () => [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
      isClosed: () => isClosed,
      end: () => socket.destroy(),
    };
  };

  it('answers 17 requests that were sent at once on one connection', async () => {
    const socket = pipeline(17, '/health/live');
    await until(async () => socket.statuses().length === 17);
    socket.end();
  });

  it.each([18, 500])('answers 17 of %i such requests, and ends the connection', async (count) => {
    const socket = pipeline(count, '/health/live');
    await until(async () => socket.isClosed());
    expect(socket.statuses()).toEqual(Array(17).fill(200));
  });

  const metric = async () =>
    Number(/^http_large_bodies_bytes (\d+)$/m.exec(await (await api.request('/metrics')).text())![1]);
  /** A large body of which only the beginning is sent. */
  const begin = (sent: string, from = '127.0.0.1') => {
    const { port } = new URL(api.url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: from });
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).on('error', () => undefined);
    socket.write(
      `POST /api/v1/orders/bulk_create/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n${sent}`,
    );
    return { socket, answer: () => answer };
  };

  it('lets nobody reserve room for a large body that he does not send', async () => {
    const sockets = Array.from({ length: 5 }, () => begin('{'));
    await until(async () => (await metric()) === 5);
    expect((await bulk(200)).status).toBe(201);
    for (const { socket } of sockets) socket.destroy();
    await until(async () => (await metric()) === 0);
  });

  it('refuses a large body of an address that has half of the room already, and takes those of others', async () => {
    const half = begin(' '.repeat(49_000), '127.0.0.2');
    await until(async () => (await metric()) === 49_000);
    const more = begin(' '.repeat(10_000), '127.0.0.2');
    await until(async () => more.answer().includes('SERVICE_UNAVAILABLE'));
    expect(more.answer()).toMatch(/^HTTP\/1.1 503 .*retry-after: 1\r\n/is);
    expect((await bulk(200)).status).toBe(201);
    half.socket.destroy();
    await until(async () => (await metric()) === 0);
  });

  it('refuses a large body when the room is full, also in the middle of it', async () => {
    const others = [begin(' '.repeat(49_000), '127.0.0.2'), begin(' '.repeat(49_000), '127.0.0.3')];
    await until(async () => (await metric()) === 98_000);
    await expectBusy(await bulk(200));
    expect((await bulk(10)).status).toBe(201);
    others[0]!.socket.write(' '.repeat(20_000));
    await until(async () => others[0]!.answer().includes('SERVICE_UNAVAILABLE'));
    for (const { socket } of others) socket.destroy();
    await until(async () => (await metric()) === 0);
    expect((await bulk(200)).status).toBe(201);
  });

  it('does not wait for a large body that hardly moves', async () => {
    const slow = begin('{');
    const drop = setInterval(() => slow.socket.write(' '), 500);
    await until(async () => slow.answer().includes('REQUEST_TIMEOUT'));
    clearInterval(drop);
    expect(slow.answer()).toMatch(/^HTTP\/1.1 408 /);
    await until(async () => (await metric()) === 0);
  });

  it('stores no more bulk requests when enough orders wait, but still answers those that it took', async () => {
    const later = { prefer: 'respond-async' };
    const first = await bulk(3, { ...later, 'idempotency-key': 'taken' });
    expect(first.status).toBe(202);
    expect((await bulk(2, later)).status).toBe(202);
    await expectBusy(await bulk(1, later));
    const again = await bulk(3, { ...later, 'idempotency-key': 'taken' });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect((await bulk(1)).status).toBe(201);
  });
});

describe('an API whose idle connections are ended by the server', () => {
  let database: TestDatabase;
  let app: RunningApp | undefined;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await app?.stop();
    await database?.drop();
  });

  it('says so in its log and goes on', async () => {
    app = await startApp('api', { DATABASE_URL: database.url });
    const admin = new Client({ connectionString: database.url });
    await admin.connect();
    const ended = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'order-fulfillment api'`,
    );
    await admin.end();
    expect(ended.rowCount).toBeGreaterThan(0);
    await until(async () => app!.output().includes('database.connection_lost'));
    expect((await fetch(`${app.url}/api/v1/products/`)).status).toBe(200);
    expect(app.child.exitCode).toBeNull();
  });
});
