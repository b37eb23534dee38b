import { EntityRouter } from './entity-router';

describe('the router', () => {
  it('knows the store of each entity, and none for what is not one', () => {
    const router = new EntityRouter();
    expect(['user', 'product', 'order', 'session', 'toString'].map((entity) => router.storeOf(entity, 1))).toEqual([
      'users_db',
      'products_db',
      'orders_db',
      null,
      null,
    ]);
  });

  it('spreads rows evenly over shards, and finds each where it was put', () => {
    const router = new EntityRouter(3);
    const stores = Array.from({ length: 9 }, (_, index) => router.storeOf('user', index + 1));
    for (const store of router.storesOf('user')) expect(stores.filter((each) => each === store)).toHaveLength(3);
    expect(router.storesOf('user')).toEqual(['users_db', 'users_db_2', 'users_db_3']);
    expect(router.storeOf('user', 5)).toBe(stores[4]);
    expect(router.storeOf('order', -4)).toMatch(/^orders_db/);
  });

  it('takes another rule, and refuses one that names a shard that is not there', () => {
    expect(new EntityRouter(2, (id) => (id > 1000 ? 1 : 0)).storeOf('product', 1001)).toBe('products_db_2');
    expect(() => new EntityRouter(2, (id) => id).storeOf('product', 2)).toThrow('The shard rule gave 2');
  });

  it('has one place for each value in which those who insert it take turns', () => {
    const router = new EntityRouter(4);
    const guards = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com', 'a@example.com'].map((email) =>
      router.guardOf('user', email),
    );
    expect(guards[4]).toBe(guards[0]);
    expect(new Set(guards).size).toBeGreaterThan(1);
  });
});
