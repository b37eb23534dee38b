import { randomBytes } from 'node:crypto';
import { DatabaseProbe } from '@app/platform';
import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { dataSourceOptions } from './data-source-options';
import { KeptConnections } from './kept-connections';
import { poolOf } from './steady-pool';

/** A role may have fewer connections than the pool: as a server of which others took the rest. */
describe('a pool whose server gives no more connections', () => {
  const role = `limited_${randomBytes(4).toString('hex')}`;
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await testDatabase({ DB_POOL_SIZE: '10' });
    await database.query(`create role ${role} login password 'limited' connection limit 2`);
    const databaseUrl = Object.assign(new URL(database.url), { username: role, password: 'limited' }).href;
    source = await new DataSource(dataSourceOptions({ ...database.config, databaseUrl }, 'api')).initialize();
  });
  afterAll(async () => {
    await source?.destroy();
    await database.query(`drop role ${role}`);
    await database.drop();
  });

  const pool = () => poolOf(source);
  const pids = async () =>
    (await database.query<{ pid: number }>(`select pid from pg_stat_activity where usename = '${role}'`)).length;

  it('serves all who ask with those it has', async () => {
    const asked = Array.from({ length: 40 }, (_, number) =>
      source.query<[{ number: number }]>('select $1::int as number, pg_sleep(0.005)', [number]),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(([{ number }]) => number)).toEqual(answers.map((_, index) => index));
    expect(pool().totalCount).toBeLessThanOrEqual(2);
  });

  it('has the connections that it keeps before anybody asks, as many as there are', async () => {
    expect(pool().options.min).toBe(5);
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
    await database.query(`alter role ${role} connection limit 4`);
    const kept = new KeptConnections(source);
    // A connection that was ended is found out when it is used.
    while (pool().totalCount > 0 && (await pids()) === 0) await source.query('select 1').catch(() => undefined);
    await kept.open();
    expect(await pids()).toBeGreaterThanOrEqual(1);
    await database.query(`alter role ${role} connection limit 100`);
    const deadline = Date.now() + 30_000;
    while ((await pids()) < 5 && Date.now() < deadline) await kept.open();
    expect(await pids()).toBe(5);
    await Promise.all(Array.from({ length: 20 }, () => source.query('select pg_sleep(0.01)')));
    expect(await new DatabaseProbe(source).connections()).toMatchObject({ used: expect.any(Number) });
  });

  it('says so when it has none at all', async () => {
    await database.query(`alter role ${role} connection limit 0`);
    const refused = async () =>
      source.query('select 1').then(
        () => undefined,
        (error: Error) => error.message,
      );
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
    let message: string | undefined;
    const deadline = Date.now() + 30_000;
    while (!message?.includes('too many connections') && Date.now() < deadline) message = await refused();
    expect(message).toContain('too many connections');
  });
});
