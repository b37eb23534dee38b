import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { restartMessaging } from '@app/messaging';
import { restoreBackup, writeBackup } from '@app/platform';
import { CONTEXTS, OF_ONE_DATABASE } from '../../apps/cli/src/contexts';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';

const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** Cuts what a server sends behind each end of a COPY, and lets the rest wait. */
async function* pausesAfterCopies(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (let chunk of bytes) {
    for (let at = chunk.indexOf(COPY_DONE); at >= 0; at = chunk.indexOf(COPY_DONE)) {
      yield chunk.subarray(0, at + COPY_DONE.length);
      await sleep(10);
      chunk = chunk.subarray(at + COPY_DONE.length);
    }
    yield chunk;
  }
}

const SCOPE = { contexts: CONTEXTS, leftOut: OF_ONE_DATABASE };

describe('backup and restore', () => {
  let folder: string;
  let file: string;
  let database: TestDatabase;
  let target: TestDatabase;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-backup-'));
    file = join(folder, 'orders.sql.gz');
    database = await testDatabase();
    await addProducts(database, [10, 20]);
    await writeBackup(database.config, file, SCOPE);
  });
  afterAll(async () => {
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    target = await testDatabase();
  });
  afterEach(() => target?.drop());

  async function addProducts(to: TestDatabase, stock: number[]): Promise<number[]> {
    const app = await contexts(to.config);
    try {
      return await someProducts(app, stock);
    } finally {
      await app.close();
    }
  }
  const restore = (from = file, options: { replace?: boolean; signal?: AbortSignal } = {}) =>
    restoreBackup(target.config, from, { ...SCOPE, replace: false, afterwards: restartMessaging, ...options });
  const damaged = (damage: (bytes: Buffer) => Buffer) => {
    const copy = join(folder, 'damaged.sql.gz');
    writeFileSync(copy, damage(readFileSync(file)));
    return copy;
  };
  const edited = (from: string | RegExp, to: string) =>
    damaged((bytes) => {
      const text = gunzipSync(bytes).toString();
      expect(text.replace(from, to)).not.toBe(text);
      return gzipSync(text.replace(from, to));
    });
  const products = async () => (await target.query('select from products.products')).length;

  it('give every row of every table back, ids go on, and triggers are there again', async () => {
    const contents = (of: TestDatabase) =>
      of.query(
        `select schemaname, tablename,
                query_to_xml(format('select * from %I.%I order by 1, 2', schemaname, tablename), true, false, '')::text as rows
           from pg_tables where schemaname in ('audit', 'inventory', 'orders', 'products') and tablename <> 'migrations'
          order by 1, 2`,
      );
    const { rows } = await restore();
    expect(rows).toMatchObject({ 'products.products': 2, 'inventory.stock_movements': 2 });
    expect(await contents(target)).toEqual(await contents(database));
    await expect(target.query('delete from inventory.stock_movements')).rejects.toThrow('append-only');
    expect(await addProducts(target, [5])).toEqual([3]);
  });

  it('know the rows of a table also when the server says their number late', async () => {
    const { hostname, port } = new URL(database.config.databaseUrl);
    const slow = createServer((client) => {
      const server = connect(Number(port), hostname);
      client.pipe(server);
      void pipeline(server, pausesAfterCopies, client).catch(() => undefined);
    });
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const slowPort = String((slow.address() as AddressInfo).port);
    const databaseUrl = Object.assign(new URL(database.config.databaseUrl), {
      hostname: '127.0.0.1',
      port: slowPort,
    }).href;
    const written = writeBackup({ ...database.config, databaseUrl }, join(folder, 'slow.sql.gz'), SCOPE);
    const rows = await written.finally(() => slow.close());
    expect(rows).toMatchObject({ 'products.products': 2, 'inventory.stock_movements': 2 });
    expect((await restore(join(folder, 'slow.sql.gz'))).rows).toEqual(rows);
  });

  it('keep the file to its owner, and leave nothing behind when they fail', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const aborted = AbortSignal.abort(new Error('stop'));
    await expect(writeBackup(database.config, join(folder, 'aborted'), { ...SCOPE, signal: aborted })).rejects.toThrow(
      'stop',
    );
    await expect(writeBackup(database.config, join(folder, 'no/such/folder'), SCOPE)).rejects.toThrow('ENOENT');
    expect(readdirSync(folder).filter((name) => /abort|unfinished/.test(name))).toEqual([]);
  });

  it('refuse a database that holds something, unless told to replace it', async () => {
    await addProducts(target, [1, 2, 3]);
    await expect(restore()).rejects.toThrow(/is not empty .* --replace/);
    expect(await products()).toBe(3);
    await restore(file, { replace: true });
    expect(await products()).toBe(2);
  });

  it('refuse a database that is in use', async () => {
    await target.open();
    await expect(restore()).rejects.toThrow('The database is in use (order-fulfillment test)');
  });

  it.each([
    ['is no gzip', () => damaged(() => Buffer.from('hello'))],
    ['is something else', () => damaged(() => gzipSync('create table x ();\n'))],
    ['was cut off', () => damaged((bytes) => bytes.subarray(0, bytes.length / 2))],
    ['lacks its last line', () => edited(/-- \{"rows".*\n$/, '')],
    ['lost a row', () => edited(/^2\tSKU.*\n/m, '')],
    ['names a table that is not ours', () => edited('copy products.products', 'copy pg_catalog.pg_class')],
    ['brings a statement', () => edited('copy products.products (', 'copy products.products (id); drop table x; (')],
  ])('leave the database as it was when the file %s', async (_, make) => {
    await expect(restore(make())).rejects.toThrow('not a usable backup');
    expect(await products()).toBe(0);
  });

  it('leave the database as it was when a row breaks a constraint', async () => {
    const broken = edited(/^(1\tProduct.*)\t10\t0\t10\t/m, '$1\t10\t11\t10\t');
    await expect(restore(broken)).rejects.toThrow('stock_levels_never_oversold');
    expect(await products()).toBe(0);
  });

  it('refuse a backup of another schema, and say what to do', async () => {
    await expect(restore(edited('"Inventory1763600000000"', '"Inventory1700000000000"'))).rejects.toThrow(
      /made by another version \(inventory: other migrations\)\. Restore it with that version/,
    );
  });

  it('tell readers of the feed that it begins again, and give every queue a sentinel that it does not hold', async () => {
    await target.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, locked_by, locked_until)
       values (gen_random_uuid(), 'order.placed.v1', gen_random_uuid(), 1, 'r', '{}', 'relay', now())`,
    );
    await target.query(`insert into messaging.queue_sentinels values ('fulfillment', gen_random_uuid())`);
    const before = await target.query<{ sentinel: string }>('select sentinel from messaging.queue_sentinels');
    const other = join(folder, 'messages.sql.gz');
    await writeBackup(target.config, other, SCOPE);
    await restore(other, { replace: true });
    const after = await target.query<{ sentinel: string }>('select sentinel from messaging.queue_sentinels');
    expect([after.length, after[0]!.sentinel === before[0]!.sentinel]).toEqual([1, false]);
    expect(
      await target.query(
        `select locked_by, (outbox.tx, outbox.aggregate_version, outbox.id) <= (floor.tx, floor.aggregate_version, floor.id) as below
           from messaging.outbox, messaging.feed_floor floor`,
      ),
    ).toEqual([{ locked_by: null, below: true }]);
  });
});
