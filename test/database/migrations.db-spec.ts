import { migrateUp, revertLast } from '@app/platform';
import { CONTEXTS } from '../../apps/cli/src/contexts';
import { emptyDatabase, type TestDatabase } from '../support/database';

const SCHEMAS = CONTEXTS.map(({ context }) => context);

describe('migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database?.drop());

  /** Everything that migrations make, sorted, whatever its layout. */
  const schema = async (): Promise<string[]> => {
    const rows = await database.query<{ text: string }>(
      `with tables as (
         select c.oid, n.nspname || '.' || relname as name, reloptions from pg_class c join pg_namespace n on n.oid = relnamespace
          where nspname = any($1) and relkind = 'r' and relname <> 'migrations')
       select format('table %s %s', name, reloptions) as text from tables
        union all
       select format('%s.%s %s %s %s', name, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
         from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
         left join pg_attrdef on adrelid = attrelid and adnum = attnum
        union all
       select format('%s %s %s', name, conname, pg_get_constraintdef(c.oid)) from tables join pg_constraint c on conrelid = tables.oid
        union all
       select pg_get_indexdef(indexrelid) from tables join pg_index on indrelid = tables.oid
        union all
       select pg_get_triggerdef(t.oid) from tables join pg_trigger t on tgrelid = tables.oid and not tgisinternal
        union all
       select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname = any($1)`,
      [SCHEMAS],
    );
    return rows.map(({ text }) => text.replace(/\s+/g, ' ')).sort();
  };

  it('are taken back one by one, each to the schema before it, and applied again', async () => {
    const before = new Map<string, string[]>();
    for (const { context, migrations } of CONTEXTS)
      for (const [index, migration] of migrations.entries()) {
        before.set(migration.name, await schema());
        const applied = await migrateUp(database.config, [{ context, migrations: migrations.slice(0, index + 1) }]);
        expect(applied).toEqual([`${context}: ${migration.name}`]);
      }
    const whole = await schema();
    expect(whole.length).toBeGreaterThan(200);
    for (const context of [...CONTEXTS].reverse())
      for (const migration of [...context.migrations].reverse()) {
        expect(await revertLast(database.config, context)).toBe(migration.name);
        expect([migration.name, await schema()]).toEqual([migration.name, before.get(migration.name)]);
      }
    expect(await schema()).toEqual([]);
    await migrateUp(database.config, CONTEXTS);
    expect(await schema()).toEqual(whole);
  }, 120_000);

  it('keep the words of orders that are there, both ways', async () => {
    const orders = CONTEXTS.find(({ context }) => context === 'orders')!;
    await database.query(
      `insert into orders.orders (id, customer_name, customer_email, external_reference, total_minor, currency, line_count, changed_by)
       values (uuidv7(), 'Bob Bobson', 'bob@example.com', 'WEB-1', 1, 'USD', 1, 'test')`,
    );
    const words = () => database.query(`select * from orders.order_search order by term collate "C"`);
    const written = await words();
    expect(written).toMatchObject([
      { term: '1', shared_length: 0 },
      { term: 'bob@example.com', shared_length: 0 },
      { term: 'bobson', shared_length: 3 },
      { term: 'example.com', shared_length: 0 },
      { term: 'web-1', shared_length: 0 },
    ]);
    const revertUntil = async (name: string) => {
      let reverted: string | undefined;
      do reverted = await revertLast(database.config, orders);
      while (reverted !== undefined && reverted !== name);
      expect(reverted).toBe(name);
    };
    await revertUntil('SearchByParts1764220300000');
    const former = await words();
    expect(former).toMatchObject([
      { term: 'bob', shared_length: 0 },
      { term: 'bob@example.com', shared_length: 3 },
      { term: 'bobson', shared_length: 3 },
      { term: 'web-1', shared_length: 0 },
    ]);
    await revertUntil('SearchCounts1764000000000');
    expect((await words()).map(({ term }) => term)).toEqual(former.map(({ term }) => term));
    await migrateUp(database.config, CONTEXTS);
    // They are rewritten in slices, later.
    expect(await words()).toEqual(former);
    expect(await database.query('select rewritten_up_to from orders.search_rewriting')).toHaveLength(1);
  });
});
