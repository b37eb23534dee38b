import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { dataSourceOptions } from './data-source-options';

describe('the connections of a process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    ['api', 'off'],
    ['worker', 'off'],
    ['scheduler', 'off'],
    ['cli', 'on'],
  ])('of %s are planned with sequential scans %s', async (processName, expected) => {
    const source = await new DataSource(dataSourceOptions(database.config, processName)).initialize();
    const [row] = await source.query<[{ enable_seqscan: string }]>('show enable_seqscan');
    await source.destroy();
    expect(row.enable_seqscan).toBe(expected);
  });

  it('read by index what they were prepared to read when it was empty', async () => {
    const source = await new DataSource(dataSourceOptions(database.config, 'api')).initialize();
    await source.query('create table grown (id bigint primary key)');
    await source.query('vacuum analyze grown');
    const read = () =>
      source.transaction((tx) =>
        tx.query({ name: 'grown', text: 'select id from grown where id = any($1::bigint[])' } as unknown as string, [
          [1],
        ]),
      );
    for (let time = 0; time < 7; time++) await read();
    await source.query('insert into grown select generate_series(1, 10000)');
    expect(await read()).toEqual([{ id: 1 }]);
    await source.query('select pg_stat_force_next_flush()');
    await source.destroy();
    const [scans] = await database.query(`select seq_tup_read from pg_stat_user_tables where relname = 'grown'`);
    expect(scans).toEqual({ seq_tup_read: 0 });
  });
});
