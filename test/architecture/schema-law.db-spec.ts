import { RESERVATION_STATES } from '@app/inventory';
import { RESOLUTIONS } from '@app/messaging';
import { BATCH_STATUSES, ORDER_STATUSES } from '@app/orders';
import { RUN_STATUSES } from '@app/simulation';
import { CONTEXTS } from '../../apps/cli/src/contexts';
import { HISTORIES } from '../../apps/worker/src/maintenance/clean-up-history.consumer';
import { CONTEXT_SCHEMAS } from '../support/context-schemas';
import { testDatabase, type TestDatabase } from '../support/database';

/** Rules about the schema, asked of a migrated database. */
describe('the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const foreignKeysAcrossSchemas = () =>
    database.query(
      `select conname, conrelid::regclass::text as "from", confrelid::regclass::text as "to"
         from pg_constraint
         join pg_class referencing on referencing.oid = conrelid
         join pg_class referenced on referenced.oid = confrelid
        where contype = 'f' and referencing.relnamespace <> referenced.relnamespace`,
    );

  it('has no foreign key that crosses contexts', async () => {
    expect(await foreignKeysAcrossSchemas()).toEqual([]);
  });

  it('would show one', async () => {
    await database.query('create table orders.probe (product_id bigint references products.products)');
    expect(await foreignKeysAcrossSchemas()).toMatchObject([{ from: 'orders.probe', to: 'products.products' }]);
    await database.query('drop table orders.probe');
  });

  it('has no foreign key onto stock rows, which placing locks', async () => {
    expect(
      await database.query(
        `select conname from pg_constraint where contype = 'f' and confrelid = 'inventory.stock_levels'::regclass`,
      ),
    ).toEqual([]);
  });

  it.each<[table: string, column: string, states: readonly string[]]>([
    ['orders.orders', 'status', ORDER_STATUSES],
    ['orders.order_batches', 'status', BATCH_STATUSES],
    ['simulation_runs.runs', 'status', RUN_STATUSES],
    ['inventory.reservations', 'state', RESERVATION_STATES.states],
    // An open dead letter has no resolution.
    ['messaging.dead_letters', 'resolution', RESOLUTIONS],
  ])('allows in %s.%s what the table of its states has, and nothing else', async (table, column, states) => {
    const checks = await database.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint
        where contype = 'c' and conrelid = $1::regclass and pg_get_constraintdef(oid) like $2`,
      [table, `CHECK ((${column} = ANY (ARRAY[%`],
    );
    expect(checks.map(({ definition }) => [...definition.matchAll(/'(\w+)'/g)].map(([, name]) => name))).toEqual([
      states,
    ]);
  });

  it('has no schema of the name that stores of the simulation have, which may be put into it', () => {
    expect(CONTEXTS.map(({ context }) => context)).not.toContain('simulation');
  });

  it('has a primary key on every table', async () => {
    expect(
      await database.query(
        `select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
          where nspname in ${CONTEXT_SCHEMAS} and relkind = 'r'
            and not exists (select 1 from pg_constraint where conrelid = pg_class.oid and contype = 'p')`,
      ),
    ).toEqual([]);
  });

  it('keeps, and cleans up, the superseded versions of everything that has a version and an author', async () => {
    const tracked = await database.query<{ table: string; triggers: string[] }>(
      `select attrelid::regclass::text as "table",
              array(select tgname::text from pg_trigger where tgrelid = attrelid and not tgisinternal order by 1) as triggers
         from pg_attribute
        where attname = 'changed_by' and attrelid in (select oid from pg_class where relkind = 'r')
        order by 1`,
    );
    expect(tracked.map(({ table }) => table)).toEqual(['orders.orders', 'products.products']);
    expect(HISTORIES.map(({ live }) => live)).toEqual(tracked.map(({ table }) => table));
    for (const { triggers } of tracked)
      expect(triggers).toEqual(
        expect.arrayContaining(['keep_deleted', 'keep_updated', 'refuse_version_jump', 'stamp_version']),
      );
  });
});
