import {
  CommitOutcomeUnknownError,
  InvalidInputError,
  Transactions,
  type AnyTx,
  UnavailableError,
} from '@app/platform';
import type { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';

describe('transactions', () => {
  let database: TestDatabase;
  let source: DataSource;
  let transactions: Transactions<never>;

  beforeEach(async () => {
    database = await testDatabase({ DB_POOL_SIZE: '3', DB_LOCK_TIMEOUT_MS: '200', DB_CONNECT_TIMEOUT_MS: '300' });
    await database.query('create table counter (value int not null)');
    await database.query('insert into counter values (0)');
    source = await database.open();
    transactions = new Transactions(source);
  });
  afterEach(async () => {
    await database.drop();
  });

  const value = async () => (await database.query<{ value: number }>('select value from counter'))[0]!.value;
  const increment = 'update counter set value = value + 1';
  const raise = (sqlState: string) => `do $$ begin raise exception 'forced' using errcode = '${sqlState}'; end $$`;

  it.each(['40001', '40P01', '55P03'])('runs the whole work again in a new transaction after %s', async (sqlState) => {
    const attempts: string[] = [];
    await transactions.run(async (tx) => {
      const [{ xid }] = await tx.query<[{ xid: string }]>('select pg_current_xact_id()::text as xid');
      attempts.push(xid);
      await tx.query(increment);
      if (attempts.length < 3) await tx.query(raise(sqlState));
    });
    expect(new Set(attempts).size).toBe(3);
    expect(await value()).toBe(1);
  });

  it('gives up after six attempts with an error that says to try again', async () => {
    let attempts = 0;
    const run = transactions.run(async (tx) => {
      attempts++;
      await tx.query(raise('40001'));
    });
    await expect(run).rejects.toBeInstanceOf(UnavailableError);
    expect(attempts).toBe(6);
  });

  it.each([
    ['a domain error', async () => Promise.reject(new InvalidInputError('no')), InvalidInputError],
    [
      'an error that would come again',
      async (tx: { query: (sql: string) => Promise<unknown> }) => tx.query('select 1 / 0'),
      /division by zero/,
    ],
  ])('does not repeat %s, and rolls back', async (_, fail, expected) => {
    let attempts = 0;
    await expect(
      transactions.run(async (tx) => {
        attempts++;
        await tx.query(increment);
        await fail(tx);
      }),
    ).rejects.toThrow(expected as RegExp);
    expect([attempts, await value()]).toEqual([1, 0]);
  });

  it.each([
    ['before the next statement', false, true],
    ['noticed before the next statement', true, true],
    ['noticed right before COMMIT', true, false],
  ])('runs again when its connection is ended, %s', async (_, isNoticed, hasNextStatement) => {
    let attempts = 0;
    await transactions.run(async (tx) => {
      await tx.query(increment);
      if (++attempts === 1) {
        const [{ pid }] = await tx.query<[{ pid: number }]>('select pg_backend_pid() as pid');
        await database.query('select pg_terminate_backend($1)', [pid]);
        while (isNoticed && !tx.queryRunner!.isReleased) await new Promise((resolve) => setImmediate(resolve));
      }
      if (hasNextStatement) await tx.query('select 1');
    });
    expect([attempts, await value()]).toEqual([2, 1]);
  });

  it('does not run again when the connection is lost during COMMIT: nobody knows whether it happened', async () => {
    // A deferred trigger ends the connection inside COMMIT.
    await database.query(`create function cut() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
    await database.query(
      `create constraint trigger cut after update on counter deferrable initially deferred for each row execute function cut()`,
    );
    let attempts = 0;
    const run = transactions.run(async (tx) => {
      attempts++;
      await tx.query(increment);
    });
    await expect(run).rejects.toBeInstanceOf(CommitOutcomeUnknownError);
    expect(attempts).toBe(1);
  });

  describe('of one statement', () => {
    const pidOf = async (tx: AnyTx) => (await tx.query<[{ pid: number }]>('select pg_backend_pid() as pid'))[0].pid;

    it('run again, with what they read, after contention', async () => {
      let attempts = 0;
      const seen = await transactions.runStatement(async (tx) => {
        const read = `attempt ${++attempts}`;
        return async () => {
          await tx.query(attempts < 3 ? raise('40001') : increment);
          return read;
        };
      });
      expect([seen, await value()]).toEqual(['attempt 3', 1]);
    });

    it.each([
      ['while they read', true],
      ['noticed right before the statement', false],
    ])('run again when the connection is lost %s', async (_, isReading) => {
      let attempts = 0;
      await transactions.runStatement(async (tx) => {
        if (++attempts === 1) {
          await database.query('select pg_terminate_backend($1)', [await pidOf(tx)]);
          if (isReading) await tx.query('select 1');
          while (!tx.queryRunner!.isReleased) await new Promise((resolve) => setImmediate(resolve));
        }
        return () => tx.query(increment);
      });
      expect([attempts, await value()]).toEqual([2, 1]);
    });

    it('do not run again when the connection is lost meanwhile: nobody knows whether it happened', async () => {
      let attempts = 0;
      const run = transactions.runStatement(async (tx) => {
        attempts++;
        const pid = await pidOf(tx);
        return () =>
          tx.query(`with counted as (update counter set value = value + 1) select pg_terminate_backend(${pid})`);
      });
      await expect(run).rejects.toBeInstanceOf(CommitOutcomeUnknownError);
      expect(attempts).toBe(1);
    });
  });

  it('answers unavailable when no connection is free in time, and goes on afterwards', async () => {
    const runners = [1, 2, 3].map(() => source.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await expect(transactions.run(async (tx) => tx.query('select 1'))).rejects.toBeInstanceOf(UnavailableError);
    await Promise.all(runners.map((runner) => runner.release()));
    await expect(transactions.run(async (tx) => tx.query('select 1 as one'))).resolves.toEqual([{ one: 1 }]);
  });

  it('leaves no connection in a transaction behind', async () => {
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        transactions.run(async (tx) => {
          await tx.query(increment);
          if (index % 2) throw new Error('odd');
        }),
      ),
    );
    const open = await database.query(
      `select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    expect(open).toEqual([]);
    expect(await value()).toBe(10);
  });
});
