import { CommitOutcomeUnknownError, Transactions, UnavailableError } from '@app/platform';
import type { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { type SilentProxy, silentProxy } from '../../../../test/support/silent-proxy';

/** A server that vanished without a reset, or is frozen: bytes go nowhere and nobody says so. */
describe('a database that does not answer', () => {
  let database: TestDatabase;
  let proxy: SilentProxy;
  let source: DataSource;
  let transactions: Transactions<never>;

  beforeEach(async () => {
    database = await testDatabase({
      DB_POOL_SIZE: '2',
      DB_CONNECT_TIMEOUT_MS: '500',
      DB_STATEMENT_TIMEOUT_MS: '400',
      DB_QUERY_TIMEOUT_MS: '500',
    });
    await database.query('create table counter (value int not null)');
    await database.query('insert into counter values (0)');
    const { hostname, port } = new URL(database.url);
    proxy = await silentProxy({ host: hostname, port: Number(port) });
    const databaseUrl = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: proxy.port }).href;
    source = await database.open({ databaseUrl });
    transactions = new Transactions(source);
  });
  afterEach(async () => {
    await proxy.close();
    await database.drop();
  });

  const value = async () => (await database.query<{ value: number }>('select value from counter'))[0]!.value;
  const increment = (tx: { query: (sql: string) => Promise<unknown> }) =>
    tx.query('update counter set value = value + 1');
  const connections = () => (source.driver as unknown as { master: { totalCount: number } }).master.totalCount;

  it('fails a read, destroys its connection, and serves again once the database answers', async () => {
    proxy.swallow('answers');
    await expect(source.query('select 1')).rejects.toThrow(/did not answer within 500 ms/);
    expect(connections()).toBe(0);
    proxy.heal();
    expect(await source.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('fails a transaction as unavailable without waiting a second time, and changes nothing', async () => {
    let attempts = 0;
    const run = transactions.run(async (tx) => {
      attempts++;
      await increment(tx);
      proxy.swallow('requests');
      await tx.query('select 1');
    });
    await expect(run).rejects.toThrow(UnavailableError);
    await expect(run).rejects.not.toThrow(CommitOutcomeUnknownError);
    proxy.heal();
    expect([attempts, await value(), connections()]).toEqual([1, 0, 0]);
  });

  it.each([
    ['was lost on its way', 'requests', 0],
    ['happened and its answer was lost', 'answers', 1],
  ] as const)('calls the outcome of a COMMIT unknown that %s', async (_, what, expected) => {
    let attempts = 0;
    const run = transactions.run(async (tx) => {
      attempts++;
      await increment(tx);
      proxy.swallowFrom('COMMIT', what);
    });
    await expect(run).rejects.toThrow(CommitOutcomeUnknownError);
    expect([attempts, await value(), connections()]).toEqual([1, expected, 0]);
    proxy.heal();
    await transactions.run(increment);
    expect(await value()).toBe(expected + 1);
  });

  it('answers unavailable when no new connection comes about either', async () => {
    await source.query('select 1');
    proxy.swallow('answers');
    await expect(source.query('select 1')).rejects.toThrow(/did not answer/);
    let attempts = 0;
    const run = transactions.run(async (tx) => {
      attempts++;
      await increment(tx);
    });
    await expect(run).rejects.toThrow('No database connection is free.');
    expect(attempts).toBe(0);
  });
});
