import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import type { ElementType } from './array-literal';
import { CombinedWrite, GuardedWriteError } from './combined-write';

describe('a combined write', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await testDatabase();
    source = await database.open();
    await source.query(
      'create table texts (value text); create table documents (value jsonb); create table numbers (value bigint)',
    );
  });
  afterAll(() => database.drop());

  const insert = (table: string, type: ElementType, values: unknown[]) =>
    source.transaction((tx) =>
      new CombinedWrite()
        .add('rows', (bind) => `insert into ${table} select * from unnest(${bind(values, type)}) returning 1`, {
          rows: values.length,
        })
        .execute(tx),
    );
  const stored = async (table: string) =>
    (await source.query<{ value: unknown }[]>(`select value from ${table} order by ctid`)).map(({ value }) => value);

  it('stores any text as it is', async () => {
    const texts = [
      '',
      ' ',
      'NULL',
      'null',
      null,
      '{a,b}',
      'a,b',
      '"',
      '\\',
      '\\"',
      "it's",
      'two\nlines\ttab',
      '\u001f',
      'Zoë 🛒',
      '\u2028',
    ];
    await insert('texts', 'text', texts);
    expect(await stored('texts')).toEqual(texts);
  });

  it('stores any document as it is', async () => {
    const documents = [
      { a: '"quoted" \\ back', b: ['x,y', null], c: { d: 'line\nbreak \u0001' } },
      'text',
      null,
      1.5,
      {},
    ];
    await insert(
      'documents',
      'jsonb',
      documents.map((document) => (document === null ? null : JSON.stringify(document))),
    );
    expect(await stored('documents')).toEqual(documents);
  });

  it('stores numbers, and nothing of an empty list', async () => {
    await insert('numbers', 'bigint', [1, null, -5, Number.MAX_SAFE_INTEGER]);
    await insert('numbers', 'bigint', []);
    expect(await stored('numbers')).toEqual([1, null, -5, Number.MAX_SAFE_INTEGER]);
  });

  it('refuses to change fewer rows than were decided', async () => {
    const write = new CombinedWrite().add(
      'rows',
      (bind) => `update numbers set value = 0 where value = any(${bind([1, 4711], 'bigint')}) returning 1`,
      { rows: 2 },
    );
    await expect(source.transaction((tx) => write.execute(tx))).rejects.toThrow(GuardedWriteError);
    expect(await stored('numbers')).toContain(1);
  });

  it('tells a part how long the statement took', async () => {
    const took: number[] = [];
    const write = new CombinedWrite().add('rows', () => 'update numbers set value = 0 where value = 4711', {
      took: (seconds) => took.push(seconds),
    });
    await source.transaction((tx) => write.execute(tx));
    expect(took.map((seconds) => seconds > 0 && seconds < 60)).toEqual([true]);
  });

  it('gives the time of its transaction, which is the time of what it writes', async () => {
    await source.query('create table moments (value timestamptz(3) default now())');
    const write = (parts: CombinedWrite) => source.transaction((tx) => parts.execute(tx));
    const time = await write(new CombinedWrite().add('rows', () => 'insert into moments default values'));
    expect(await stored('moments')).toEqual([time]);
    expect(await write(new CombinedWrite())).toBeUndefined();
  });
});
