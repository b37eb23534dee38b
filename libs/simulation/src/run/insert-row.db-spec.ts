import { type Engine, engineSchema } from '../contracts/simulation-options';
import { RowFactory } from '../rows/row-factory';
import { EntityRouter } from '../stores/entity-router';
import { ownStores } from '../stores/owned-store';
import { type StorePlace, storePlaces } from '../stores/store-locations';
import { openStore, StoreConnections } from '../stores/store-connections';
import { type SimulationStores, simulationStores } from '../../../../test/support/simulation';
import { insertRow, type RoutedRow } from './insert-row';
import { planRun } from './plan-run';

const LIMITS = { applicationName: 'order-fulfillment simulation', connectTimeoutMs: 3000, answerTimeoutMs: 10_000 };
const STRICT = { rules: 'strict', delayMs: 0 } as const;
const make = new RowFactory();

let stores: SimulationStores;
beforeAll(async () => {
  stores = await simulationStores();
});
afterAll(() => stores.drop());

describe.each(engineSchema.options.flatMap((engine) => [1, 3].map((shards) => [engine, shards] as const)))(
  'a row on %s with %d shard(s)',
  (engine: Engine, shards: number) => {
    let places: StorePlace[];
    let writers: StoreConnections[];

    beforeEach(async () => {
      places = storePlaces(stores.settings, engine, shards);
      const owned = await ownStores(places);
      for (const store of owned) {
        await store.migrate();
        await store.empty();
      }
      await Promise.all(owned.map((store) => store.release()));
      writers = [];
    });
    afterEach(() => Promise.all(writers.map((writer) => writer.close())));

    function writer(): StoreConnections {
      const locations = new Map(places.map(({ name, location }) => [name, location]));
      const connections = new StoreConnections((name) => openStore(name, locations.get(name)!, LIMITS), 9);
      writers.push(connections);
      return connections;
    }

    const routed = (rows: Parameters<typeof planRun>[0]): RoutedRow[] =>
      planRun(rows, new EntityRouter(shards), { rules: 'strict', writesIds: true }).map((row) => row.routed);

    it('gets in once when many have the same e-mail at the same moment', async () => {
      // All in one thread here, where whoever waits for a file holds up the others.
      const writersMax = engine === 'postgres' ? 16 : 4;
      const rows = routed(
        Array.from({ length: writersMax }, (_, index) => ({
          entity: 'user' as const,
          row: make.user(index + 1, { email: 'same@example.com' }),
        })),
      );
      const results = await Promise.all(
        rows.map((row) => {
          const connections = writer();
          // The wait is where a check without a lock would let others in.
          return insertRow(row, (names) => connections.use(names), { ...STRICT, delayMs: 2 });
        }),
      );
      expect(results.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === 'invalid').map(({ reason }) => reason)).toEqual(
        Array(writersMax - 1).fill('User validation errors: Email already exists: same@example.com'),
      );
    });

    it('is refused when what it refers to is not there', async () => {
      const [user, product, good, bad] = routed([
        { entity: 'user', row: make.user(1) },
        { entity: 'product', row: make.product(2) },
        { entity: 'order', row: make.order(1, { user_id: 1, product_id: 2 }) },
        { entity: 'order', row: make.order(2, { user_id: 999, product_id: 11 }) },
      ]);
      const connections = writer();
      const insert = (row: RoutedRow) => insertRow(row, (names) => connections.use(names), STRICT);
      expect([await insert(user!), await insert(product!), await insert(good!)].map(({ outcome }) => outcome)).toEqual([
        'inserted',
        'inserted',
        'inserted',
      ]);
      expect(await insert(bad!)).toEqual({
        outcome: 'invalid',
        reason: 'Order validation errors: User does not exist: 999, Product does not exist: 11',
      });
    });

    it('is refused when its id is taken, and leaves the transaction clean', async () => {
      const [first, second, third] = routed([
        { entity: 'product', row: make.product(1) },
        { entity: 'product', row: make.product(1) },
        { entity: 'product', row: make.product(2) },
      ]);
      const connections = writer();
      const insert = (row: RoutedRow) => insertRow(row, (names) => connections.use(names), STRICT);
      await insert(first!);
      expect(await insert(second!)).toEqual({
        outcome: 'invalid',
        reason: 'Product validation errors: ID already exists: 1',
      });
      expect(await insert(third!)).toMatchObject({ outcome: 'inserted' });
    });

    it('leaves nothing behind when its transaction fails half way', async () => {
      const [user] = routed([{ entity: 'user', row: make.user(1) }]);
      const connections = writer();
      const result = await insertRow(
        user!,
        async (names) =>
          (await connections.use(names)).map((store) =>
            store.name === user!.store
              ? Object.assign(Object.create(store), { commit: () => Promise.reject(new Error('power cut')) })
              : store,
          ),
        STRICT,
      );
      expect(result).toEqual({ outcome: 'error', reason: 'power cut' });
      const [store] = await writer().use([user!.store]);
      expect(await store!.exists('users', 'id', 1)).toBe(false);
    });
  },
);

it('opens only the store of its entity', async () => {
  const [product] = planRun([{ entity: 'product', row: make.product(1) }], new EntityRouter(), {
    rules: 'strict',
    writesIds: true,
  });
  const places = storePlaces(stores.settings, 'sqlite', 1);
  const connections = new StoreConnections(
    (name) => openStore(name, places.find((place) => place.name === name)!.location, LIMITS),
    9,
  );
  await insertRow(product!.routed, (names) => connections.use(names), STRICT);
  expect(connections.openNames).toEqual(['products_db']);
  await connections.close();
});
