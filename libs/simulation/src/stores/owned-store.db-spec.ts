import { ENTITIES } from '../contracts/attempt';
import { engineSchema } from '../contracts/simulation-options';
import { migrateStores, storeMigrationStatus } from '../migrate-stores';
import { type SimulationStores, simulationStores } from '../../../../test/support/simulation';
import { ownStore, ownStores } from './owned-store';
import { storeDataSource } from './store-data-source';
import { storePlaces } from './store-locations';

let stores: SimulationStores;
beforeAll(async () => {
  stores = await simulationStores();
});
afterAll(() => stores.drop());

describe.each(engineSchema.options)('the stores on %s', (engine) => {
  it('are made one by one, each with its own table', async () => {
    const [users, products, orders] = storePlaces(stores.settings, engine, 1);
    expect((await storeMigrationStatus([users!])).map(({ applied }) => applied)).toEqual([false]);
    expect(await migrateStores([users!])).toEqual([{ store: 'users_db', name: 'Users1763700000000' }]);
    expect(await migrateStores([products!, orders!])).toHaveLength(2);
    expect(await migrateStores([users!, products!, orders!])).toEqual([]);
    expect(
      (await storeMigrationStatus([users!, products!, orders!])).map(({ store, applied }) => [store, applied]),
    ).toEqual([
      ['users_db', true],
      ['products_db', true],
      ['orders_db', true],
    ]);
  });

  it.each(ENTITIES)('have the table of %s as its entity says, and no other', async (entity) => {
    const place = storePlaces(stores.settings, engine, 1).find((each) => each.entity === entity)!;
    await migrateStores([place]);
    const source = await storeDataSource(place);
    const drift = await source.driver.createSchemaBuilder().log();
    const names =
      engine === 'postgres'
        ? await source.query(
            `select table_name as name from information_schema.tables where table_schema = 'simulation'`,
          )
        : await source.query(`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`);
    await source.destroy();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    expect(names.map(({ name }: { name: string }) => name).sort()).toEqual(['migrations', `${entity}s`].sort());
  });

  it('belong to one run at a time', async () => {
    const places = storePlaces(stores.settings, engine, 1);
    const owned = await ownStores(places);
    await expect(ownStore(places[1]!)).rejects.toThrow('Another simulation is using products_db');
    await expect(stores.run({ engine, threads: 1 })).rejects.toThrow('Another simulation is using users_db');
    await Promise.all(owned.map((store) => store.release()));
    await (await ownStore(places[1]!)).release();
  });
});

it('carry no rule of their own in the database', async () => {
  await migrateStores(storePlaces(stores.settings, 'postgres', 1));
  for (const entity of ENTITIES) {
    const constraints = await stores.databases[entity].query(
      `select contype from pg_constraint join pg_class on pg_class.oid = conrelid
        where relname = $1 and contype not in ('p', 'n')`,
      [`${entity}s`],
    );
    expect(constraints).toEqual([]);
  }
});

it('say what to do when they are not there', async () => {
  const place = storePlaces(
    { ...stores.settings, SIMULATION_USERS_URL: 'postgres://127.0.0.1:1/users' },
    'postgres',
    1,
  )[0]!;
  await expect(ownStore(place)).rejects.toThrow(/users_db cannot be used .*is SIMULATION_USERS_URL right/);
  const file = storePlaces({ ...stores.settings, DATA_DIR: '/proc/nowhere' }, 'sqlite', 1)[0]!;
  await expect(ownStore(file)).rejects.toThrow(/users_db cannot be used .*may this user write .*users\.db\?/);
  expect(() =>
    storePlaces({ ...stores.settings, SIMULATION_ORDERS_URL: undefined, databaseUrl: '' }, 'postgres', 1),
  ).toThrow('set DATABASE_URL or SIMULATION_ORDERS_URL, or use the engine sqlite.');
});
