import { DatabaseProbe } from '@app/platform';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { until } from '../support/processes';

interface Health {
  http: number;
  status: string;
  checks: Record<string, { status: string; message?: string; [figure: string]: unknown }>;
}

describe('the health page', () => {
  let api: TestApi;
  let product: number;

  beforeAll(async () => {
    api = await testApi({ DB_POOL_SIZE: '3', DB_CONNECT_TIMEOUT_MS: '1000' });
    [product] = (await someProducts(api.app, [1000])) as [number];
  });
  afterAll(async () => {
    await api?.close();
  });

  const health = async (): Promise<Health> => {
    const response = await api.request('/health/');
    return { http: response.status, ...((await response.json()) as Omit<Health, 'http'>) };
  };
  const place = async () => {
    const items = [{ product_id: product, quantity: 1 }];
    const body = { customer_name: 'A', customer_email: 'a@example.com', items };
    expect((await api.post('/api/v1/orders/', body)).status).toBe(201);
  };
  const beat = (details: object) =>
    api.database.query(
      `insert into messaging.heartbeats (process, instance, details) values ('worker', 'w1', $1)
       on conflict (process, instance) do update set details = excluded.details, beat_at = now()`,
      [details],
    );
  const gauge = async (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await api.request('/metrics')).text())?.[1]);

  describe('while Postgres does not take what is written', () => {
    const refuse = (sqlState: string) =>
      api.database.query(
        `create function messaging.refuse() returns trigger language plpgsql as $$
           begin raise exception 'refused' using errcode = '${sqlState}'; end $$;
         create trigger refuse before insert or update on messaging.heartbeats
           for each row execute function messaging.refuse()`,
      );
    afterEach(() => api.database.query('drop function messaging.refuse() cascade'));

    it.each([
      ['its disk is full', '53100', 'Postgres answers, but its disk is full. Orders cannot be taken.'],
      ['it is read-only', '25006', 'Postgres answers, but it is read-only. Orders cannot be taken.'],
    ])('because %s, is unhealthy and says all the rest', async (_, sqlState, message) => {
      await refuse(sqlState);
      expect(await health()).toMatchObject({
        http: 503,
        status: 'unhealthy',
        checks: {
          database: { status: 'unhealthy', message },
          connections: { status: 'healthy' },
          disk: { free_gib: expect.any(Number) },
          outbox: { waiting: expect.any(Number) },
          stock: { orders_held_up: 0 },
        },
      });
    });
  });

  it('asks the server for new room with what it writes', async () => {
    const written = async () =>
      Number(
        (
          await api.database.query<{ bytes: string }>(
            'select temp_bytes::text as bytes from pg_stat_database where datname = current_database()',
          )
        )[0]!.bytes,
      );
    const before = await written();
    await until(async () => {
      expect((await health()).checks.database).toMatchObject({ status: 'healthy' });
      return (await written()) >= before + 500_000;
    });
  });

  it('answers its own document while every connection is in use', async () => {
    const runners = Array.from({ length: 3 }, () => api.app.get(DataSource).createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    try {
      expect(await health()).toMatchObject({
        http: 503,
        status: 'unhealthy',
        checks: {
          database: {
            status: 'unhealthy',
            message: 'Every connection of this process to Postgres is in use. Orders cannot be taken.',
          },
          outbox: { status: 'degraded', message: 'Unknown while Postgres does not answer.' },
          disk: { free_gib: expect.any(Number) },
          application: { status: 'healthy' },
        },
      });
    } finally {
      await Promise.all(runners.map((runner) => runner.release()));
    }
  });

  it('answers its own document while the server refuses connections', async () => {
    const probe = api.app.get(DatabaseProbe);
    const refused = jest
      .spyOn(probe, 'answerMs')
      .mockRejectedValue(Object.assign(new Error('sorry, too many clients already'), { code: '53300' }));
    try {
      expect(await health()).toMatchObject({
        http: 503,
        checks: {
          database: {
            status: 'unhealthy',
            message: 'Postgres takes no more connections: others have them all. Orders cannot be taken.',
          },
          application: { status: 'healthy' },
        },
      });
    } finally {
      refused.mockRestore();
    }
  });

  it('names the transaction that holds up the readers of the stream, and the gauge rises', async () => {
    const stranger = new Client({ connectionString: api.database.url, application_name: 'a stranger' });
    await stranger.connect();
    try {
      await stranger.query('begin');
      const [{ pid }] = (await stranger.query('select pg_backend_pid() as pid, pg_current_xact_id()')).rows as [
        { pid: number },
      ];
      await place();
      expect((await health()).checks.feed).toMatchObject({ status: 'healthy' });
      await api.database.query(`update messaging.outbox set occurred_at = occurred_at - interval '1 minute'`);
      // A transaction in any database of the server holds readers up, so one of another suite may be named for a moment.
      const named = `a transaction of process ${pid} (a stranger) stays open`;
      await until(async () => (await health()).checks.feed?.message?.includes(named) ?? false);
      const { feed } = (await health()).checks;
      expect(feed).toMatchObject({ status: 'degraded' });
      expect(feed!.lag_seconds).toBeGreaterThanOrEqual(60);
      expect(await gauge('event_feed_lag_seconds')).toBeGreaterThanOrEqual(60);
    } finally {
      await stranger.end();
    }
    await until(async () => (await health()).checks.feed?.status === 'healthy');
    await until(async () => (await gauge('event_feed_lag_seconds')) === 0);
  });

  describe('tells of a backlog', () => {
    const addWaiting = (age: string) =>
      api.database.query(
        `update messaging.outbox set occurred_at = now() - interval '${age}', published_at = null, rank = 2 where rank is not null`,
      );
    beforeAll(async () => {
      await api.database.query('update messaging.outbox set published_at = now()');
      for (let order = 0; order < 4; order++) await place();
    });

    it('how many orders wait and how long that takes', async () => {
      await addWaiting('30 seconds');
      await beat({ queues: {}, begun_per_minute: 60 });
      const { waiting } = (await health()).checks.backlog as unknown as { waiting: number };
      expect(waiting).toBeGreaterThanOrEqual(4);
      expect((await health()).checks.backlog).toMatchObject({
        status: 'healthy',
        begun_per_minute: 60,
        seconds_left: waiting,
      });
      expect(await gauge('outbox_in_line_events')).toBe(waiting);
      expect(await gauge('outbox_in_line_oldest_age_seconds')).toBeGreaterThanOrEqual(30);
    });

    it('and is degraded when it takes longer than the deadline of pending orders', async () => {
      await addWaiting('6 minutes');
      expect((await health()).checks.backlog).toMatchObject({
        status: 'degraded',
        message: expect.stringMatching(/^\d orders wait to begin\. At 60 a minute this takes about \d seconds;/),
      });
    });

    it('and when nothing is begun', async () => {
      await beat({ queues: {}, begun_per_minute: 0 });
      expect((await health()).checks.backlog).toMatchObject({
        status: 'degraded',
        seconds_left: null,
        message: expect.stringMatching(/none has begun within the last minute/),
      });
    });
  });

  it('says what is wrong with the queue server', async () => {
    const fault =
      'maxmemory-policy of Redis is allkeys-lru, so it removes jobs when its memory is full: set it to noeviction.';
    await beat({ queues: {}, queue_server_faults: [fault] });
    expect((await health()).checks.queue).toMatchObject({ status: 'degraded', message: fault });
    await beat({ queues: {}, queue_server_faults: [] });
    expect((await health()).checks.queue).toMatchObject({ status: 'healthy' });
  });

  it('says how many orders damaged rows hold up', async () => {
    const keep = (code: string) =>
      api.database.query(
        `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts)
         values (gen_random_uuid(), 'fulfillment', 'order.placed.v1', '{}', $1, 'damaged', 1)`,
        [code],
      );
    await keep('UNEXPECTED');
    expect((await health()).checks.stock).toMatchObject({ status: 'healthy', orders_held_up: 0 });
    await keep('INVENTORY_RESERVATION_MISMATCH');
    await keep('ORDER_INCONSISTENT');
    expect((await health()).checks.stock).toMatchObject({
      status: 'degraded',
      orders_held_up: 2,
      message: expect.stringContaining('2 orders are held up by damaged rows'),
    });
    await api.database.query(`update messaging.dead_letters set resolved_at = now(), resolution = 'discarded'`);
    expect((await health()).checks.stock).toMatchObject({ status: 'healthy' });
  });
});
