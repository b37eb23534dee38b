import { InvalidInputError, PlatformModule, UnavailableError } from '@app/platform';
import {
  AddRow,
  ChangeRow,
  emptyStores,
  type Engine,
  engineSchema,
  EntityRowNotFoundError,
  EntityRowReferencedError,
  EntityRowTakenError,
  ID_MAX,
  NoIdLeftError,
  ReadRows,
  RemoveRow,
  SimulationRunsModule,
  storePlaces,
} from '@app/simulation';
import { Test, type TestingModule } from '@nestjs/testing';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { type SimulationStores, simulationStores } from '../../../../test/support/simulation';

let stores: SimulationStores;
let database: TestDatabase;
let app: TestingModule;
beforeAll(async () => {
  stores = await simulationStores();
  database = await testDatabase(stores.environment);
  app = await Test.createTestingModule({
    imports: [PlatformModule.for(database.config, 'test'), SimulationRunsModule],
  }).compile();
  await app.init();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  await stores?.drop();
});

const get = <Class>(type: new (...given: never[]) => Class) => app.get<Class>(type, { strict: false });

describe.each(engineSchema.options.flatMap((engine) => [1, 3].map((shards) => [engine, shards] as const)))(
  'a row on %s with %d shard(s)',
  (engine: Engine, shards: number) => {
    const choice = { engine, shards };
    const addUser = (id: number | undefined, email: string, name = 'Alice') =>
      get(AddRow).execute(choice, 'user', { id, rowWith: (each) => ({ id: each, name, email }) });
    const addProduct = (id?: number, price = 9.5) =>
      get(AddRow).execute(choice, 'product', { id, rowWith: (each) => ({ id: each, name: 'Laptop', price }) });
    const addOrder = (user_id: number, product_id: number, quantity = 1) =>
      get(AddRow).execute(choice, 'order', {
        id: undefined,
        rowWith: (id) => ({ id, user_id, product_id, quantity }),
      });
    const ids = async (slice: object = {}) =>
      (await get(ReadRows).list(choice, 'user', { descending: false, limit: 100, offset: 0, ...slice })).map(
        ({ id }) => id,
      );

    beforeEach(() => emptyStores(storePlaces(stores.settings, engine, shards)));

    it('is there when it was added, and not when it was removed', async () => {
      const user = await addUser(7, 'alice@example.com');
      expect(user).toEqual({ id: 7, name: 'Alice', email: 'alice@example.com' });
      expect(await get(ReadRows).get(choice, 'user', 7)).toEqual(user);
      await get(RemoveRow).execute(choice, 'user', 7);
      await expect(get(ReadRows).get(choice, 'user', 7)).rejects.toThrow(EntityRowNotFoundError);
      await expect(get(RemoveRow).execute(choice, 'user', 7)).rejects.toThrow(EntityRowNotFoundError);
      await expect(get(ChangeRow).execute(choice, 'user', 7, (row) => row)).rejects.toThrow(EntityRowNotFoundError);
    });

    it('gets the next id when it has none, however many are added at once', async () => {
      await addUser(41, 'first@example.com');
      const added = await Promise.all(
        Array.from({ length: 6 }, (_, index) => addUser(undefined, `user${index}@example.com`)),
      );
      expect(added.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual([42, 43, 44, 45, 46, 47]);
      await addUser(ID_MAX, 'last@example.com');
      await expect(addUser(undefined, 'none@example.com')).rejects.toThrow(NoIdLeftError);
    });

    it('is refused with all that the strict rules find, field by field', async () => {
      const error: unknown = await addUser(undefined, 'no address', ' ').catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({
        fields: [
          { field: 'name', message: 'Name cannot be empty' },
          { field: 'email', message: 'Invalid email format: no address' },
        ],
      });
      await expect(addProduct(1, -50)).rejects.toMatchObject({
        fields: [{ field: 'price', message: 'Price cannot be negative: -50.00' }],
      });
      await expect(addOrder(1, 2, 1001)).rejects.toMatchObject({
        fields: [{ field: 'quantity', message: 'Quantity too high: 1001' }],
      });
    });

    it('has an id and an e-mail address that no other row has, also when many ask at once', async () => {
      const answers = await Promise.allSettled(
        Array.from({ length: 6 }, (_, index) => addUser(index + 1, 'same@example.com')),
      );
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers)
        if (answer.status === 'rejected')
          expect(answer.reason).toMatchObject({
            code: 'SIMULATION_ROW_TAKEN',
            fields: [{ field: 'email', message: 'Email already exists: same@example.com' }],
          });
      await addProduct(5);
      await expect(addProduct(5)).rejects.toMatchObject({ fields: [{ field: 'id', message: 'ID already exists: 5' }] });
    });

    it('refers to rows that are there, and these stay while it does', async () => {
      await expect(addOrder(10, 11)).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
        fields: [
          { field: 'user_id', message: 'User does not exist: 10' },
          { field: 'product_id', message: 'Product does not exist: 11' },
        ],
      });
      await addUser(10, 'alice@example.com');
      await addProduct(11);
      const order = await addOrder(10, 11);
      await expect(get(RemoveRow).execute(choice, 'user', 10)).rejects.toThrow(EntityRowReferencedError);
      await expect(get(RemoveRow).execute(choice, 'product', 11)).rejects.toThrow(EntityRowReferencedError);
      await get(RemoveRow).execute(choice, 'order', order.id);
      await get(RemoveRow).execute(choice, 'user', 10);
    });

    it('changes by the same rules, and keeps what is not changed', async () => {
      await addUser(1, 'alice@example.com');
      await addUser(2, 'bob@example.com', 'Bob');
      const change = (email: string) => get(ChangeRow).execute(choice, 'user', 2, (row) => ({ ...row, email }));
      await expect(change('alice@example.com')).rejects.toThrow(EntityRowTakenError);
      await expect(change('nobody')).rejects.toThrow(InvalidInputError);
      expect(await change('bob@example.com')).toMatchObject({ email: 'bob@example.com' });
      await change('robert@example.com');
      expect(await get(ReadRows).get(choice, 'user', 2)).toEqual({ id: 2, name: 'Bob', email: 'robert@example.com' });
      await addProduct(1);
      const order = await addOrder(1, 1);
      await expect(
        get(ChangeRow).execute(choice, 'order', order.id, (row) => ({ ...row, user_id: 99 })),
      ).rejects.toMatchObject({ fields: [{ field: 'user_id', message: 'User does not exist: 99' }] });
    });

    it('is listed by its id over all shards, in both directions', async () => {
      for (const id of [1, 2, 3, 4, 5, 6, 7]) await addUser(id, `user${id}@example.com`);
      expect(await ids({ limit: 3 })).toEqual([1, 2, 3]);
      expect(await ids({ limit: 3, offset: 2 })).toEqual([3, 4, 5]);
      expect(await ids({ limit: 3, after: 5 })).toEqual([6, 7]);
      expect(await ids({ limit: 3, after: 5, descending: true })).toEqual([4, 3, 2]);
      expect(await get(ReadRows).count(choice, 'user', 100)).toBe(7);
      expect(await get(ReadRows).count(choice, 'user', 5)).toBe(5);
    });
  },
);

it.each(engineSchema.options)('makes no store on %s by looking for rows', async (engine) => {
  await emptyStores(storePlaces(stores.settings, engine, 3));
  const choice = { engine, shards: 8 };
  expect(await get(ReadRows).list(choice, 'user', { descending: false, limit: 9, offset: 0 })).toEqual([]);
  await expect(get(ReadRows).get(choice, 'user', 8)).rejects.toThrow(EntityRowNotFoundError);
  await expect(get(RemoveRow).execute(choice, 'user', 8)).rejects.toThrow(EntityRowNotFoundError);
  await expect(get(ChangeRow).execute(choice, 'user', 8, (row) => row)).rejects.toThrow(EntityRowNotFoundError);
  const made = await database.query(`select 1 from pg_database where datname like $1`, [
    `${new URL(stores.databases.user.url).pathname.slice(1)}\\_8`,
  ]);
  expect(made).toEqual([]);
});

it.each(engineSchema.options)('makes a store on %s once, however many need it first', async (engine) => {
  const added = await Promise.all(
    // All of them belong into the fourth store, which no test before needed.
    [4, 9, 14, 19].map((id) =>
      get(AddRow).execute({ engine, shards: 5 }, 'product', { id, rowWith: () => ({ id, name: 'Chair', price: 1 }) }),
    ),
  );
  expect(added).toHaveLength(4);
});

it('tells those who come too many at once to come again', async () => {
  const looks = await Promise.allSettled(
    Array.from({ length: 120 }, () => get(ReadRows).count({ engine: 'sqlite', shards: 1 }, 'user', 1)),
  );
  const refused = looks.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(20);
  for (const look of looks) if (look.status === 'rejected') expect(look.reason).toBeInstanceOf(UnavailableError);
});
