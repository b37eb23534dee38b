import { setImmediate as nextTurn } from 'node:timers/promises';
import { DuplicateIdError, type Store } from './store';
import { StoreConnections } from './store-connections';

function fakeStore(name: string, closed: string[]): Store & { isUsable: boolean } {
  const nothing = async () => undefined;
  return {
    name,
    isUsable: true,
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    lockText: nothing,
    insert: nothing,
    exists: async () => false,
    hasTable: async () => true,
    find: nothing,
    read: async () => [],
    count: async () => 0,
    update: async () => false,
    remove: async () => false,
    close: async () => void closed.push(name),
  };
}

describe('the connections of a thread', () => {
  it('are opened for the store that is used, and for no other', async () => {
    const opened: string[] = [];
    const connections = new StoreConnections(async (name) => (opened.push(name), fakeStore(name, [])), 3);
    await connections.use(['products_db']);
    await connections.use(['products_db']);
    expect(opened).toEqual(['products_db']);
  });

  it('are never more than allowed: the one that was not used for longest goes', async () => {
    const closed: string[] = [];
    const connections = new StoreConnections(async (name) => fakeStore(name, closed), 2);
    for (const name of ['users_db', 'products_db', 'users_db', 'orders_db']) await connections.use([name]);
    expect([closed, connections.openNames]).toEqual([['products_db'], ['users_db', 'orders_db']]);
  });

  it('stay open while they are needed together', async () => {
    const closed: string[] = [];
    const connections = new StoreConnections(async (name) => fakeStore(name, closed), 1);
    expect(await connections.use(['users_db', 'users_db_2'])).toHaveLength(2);
    expect(closed).toEqual([]);
  });

  it('are opened again after they were lost', async () => {
    const stores: ReturnType<typeof fakeStore>[] = [];
    const connections = new StoreConnections(async (name) => {
      const store = fakeStore(name, []);
      stores.push(store);
      return store;
    }, 1);
    await connections.use(['users_db']);
    stores[0]!.isUsable = false;
    await connections.use(['users_db']);
    expect(stores).toHaveLength(2);
  });

  it('fail at once for a while when their store was not there', async () => {
    let tried = 0;
    const connections = new StoreConnections(async () => {
      tried++;
      await nextTurn();
      throw new DuplicateIdError('gone');
    }, 1);
    for (const _ of [1, 2, 3]) await expect(connections.use(['users_db'])).rejects.toThrow('gone');
    expect(tried).toBe(1);
  });
});
