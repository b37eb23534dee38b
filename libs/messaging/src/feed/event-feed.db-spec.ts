import { randomUUID } from 'node:crypto';
import {
  defineEvent,
  EventFeed,
  EventFeedRepository,
  type FeedBatch,
  type FeedCursor,
  type FeedReader,
  FellBehindError,
  OutboxRepository,
  parseFeedCursor,
  publish,
  ResolveDeadLetter,
} from '@app/messaging';
import { createLogger, Transactions, type AnyTx } from '@app/platform';
import type { DataSource, QueryRunner } from 'typeorm';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { until as untilWithin } from '../../../../test/support/processes';
import { TESTER } from '../../../../test/support/principals';

const Happened = defineEvent('test.happened.v1', z.object({ step: z.number() }));
const Other = defineEvent('test.other.v1', z.object({ step: z.number() }));
const TYPES = [Happened.type];
const BEGINNING: FeedCursor = { tx: 0n, version: 0, id: '00000000-0000-0000-0000-000000000000' };

// Nothing is read behind a transaction that is open, whichever database of the server it is in: suites beside this one fill tables
// of theirs in one statement, which takes many seconds on a busy machine.
const WITHIN_MS = 120_000;
jest.setTimeout(WITHIN_MS + 30_000);
const until = (condition: () => Promise<boolean>) => untilWithin(condition, WITHIN_MS);

describe('the event feed', () => {
  let database: TestDatabase;
  let source: DataSource;
  let repository: EventFeedRepository;
  let open: { stop: () => Promise<unknown> }[];

  beforeEach(async () => {
    open = [];
    database = await testDatabase();
    source = await database.open();
    repository = new EventFeedRepository(source);
  });
  afterEach(async () => {
    for (const each of open) await each.stop();
    await database.drop();
  });

  const append = (tx: AnyTx, aggregateId: string, versions: readonly number[], event = Happened) =>
    publish(
      tx,
      versions.map((version) => ({
        event,
        aggregateId,
        aggregateVersion: version,
        correlationId: 'request',
        payload: { step: version },
      })),
    );
  const committed = (aggregateId: string, ...versions: number[]) =>
    new Transactions(source).run((tx) => append(tx, aggregateId, versions));
  const begin = async (): Promise<QueryRunner> => {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    return runner;
  };
  const end = async (runner: QueryRunner) => {
    await runner.commitTransaction();
    await runner.release();
  };
  /** Everything after a cursor, in pages of `limit`. Other databases of the server hold the horizon up as well: waits for `count`. */
  const readAll = async (count: number, after = BEGINNING, limit = 1000) => {
    const seen: { order: string; version: number; cursor: FeedCursor }[] = [];
    await until(async () => {
      let page;
      do {
        page = await repository.readAfter(TYPES, after, limit);
        expect(page.gap).toBeUndefined();
        expect(page.events.length).toBeLessThanOrEqual(limit);
        after = page.position;
        for (const { cursor, envelope } of page.events)
          seen.push({ order: envelope.aggregate_id, version: envelope.aggregate_version, cursor });
      } while (page.isFull);
      return seen.length >= count;
    });
    return seen;
  };

  describe('in the database', () => {
    it('puts what commits late before what was written after it, and gives each event once', async () => {
      const [before, late, early] = [randomUUID(), randomUUID(), randomUUID()];
      await committed(before, 1);
      const cursor = (await readAll(1))[0]!.cursor;
      const slow = await begin();
      await append(slow.manager, late, [1]);
      await committed(early, 1);
      const held = await repository.readAfter(TYPES, cursor, 10);
      expect(held.events).toEqual([]);
      await end(slow);
      const seen = await readAll(2, held.position);
      expect(seen.map(({ order }) => order)).toEqual([late, early]);
    });

    it('keeps the versions of an order in their order when a transaction waits for a lock with an older id', async () => {
      const [one, two] = [randomUUID(), randomUUID()];
      await database.query(`create table public.rows (id int primary key); insert into public.rows values (1), (2)`);
      const batch = await begin();
      await batch.query(`select from public.rows where id = 1 for update`); // the batch has its transaction id from here on
      const other = await begin();
      await other.query(`select from public.rows where id = 2 for update`);
      await append(other.manager, two, [2]);
      const waiting = batch.query(`select from public.rows where id = 2 for update`);
      await end(other);
      await waiting;
      await append(batch.manager, one, [2]);
      await append(batch.manager, two, [3]);
      await end(batch);
      const seen = await readAll(3);
      expect(seen.filter(({ order }) => order === two).map(({ version }) => version)).toEqual([2, 3]);
      // Ordered by the transaction alone it would be the other way round.
      const [first, second] = await database.query<{ xmin: string }>(
        `select xmin::text from messaging.outbox where aggregate_id = $1 order by aggregate_version`,
        [two],
      );
      expect(Number(first!.xmin)).toBeGreaterThan(Number(second!.xmin));
    });

    it('goes through 2,500 events in pages, each once, with cursors that rise', async () => {
      const orders = Array.from({ length: 25 }, () => randomUUID());
      const versions = Array.from({ length: 100 }, (_, index) => index + 1);
      await Promise.all(orders.map((order) => committed(order, ...versions)));
      await new Transactions(source).run((tx) => append(tx, randomUUID(), [1], Other));
      const seen = await readAll(2500, BEGINNING, 170);
      expect(seen).toHaveLength(2500);
      for (const order of orders)
        expect(seen.filter((each) => each.order === order).map(({ version }) => version)).toEqual(versions);
      const again = await readAll(1500, seen[999]!.cursor, 400);
      expect(again).toEqual(seen.slice(1000));
    });

    it('says that events are missing when they were removed after the cursor', async () => {
      for (let index = 0; index < 5; index++) await committed(randomUUID(), 1);
      const seen = await readAll(5);
      await database.query(
        `update messaging.outbox set published_at = now() - interval '25 hours'
          where (tx, aggregate_version, id) <= ($1::text::xid8, $2, $3::uuid)`,
        [String(seen[2]!.cursor.tx), seen[2]!.cursor.version, seen[2]!.cursor.id],
      );
      await database.query(
        `update messaging.outbox set id = overlay(id::text placing '01900000' from 1 for 8)::uuid where published_at is not null`,
      );
      expect(await new OutboxRepository(source).deletePublished(24, 100)).toBe(3);
      for (const cursor of [BEGINNING, seen[0]!.cursor]) {
        const page = await repository.readAfter(TYPES, cursor, 10);
        expect(page).toMatchObject({ gap: 'expired', events: [] });
        expect((await readAll(2, page.position)).map(({ order }) => order)).toEqual(
          seen.slice(3).map(({ order }) => order),
        );
      }
      expect(await readAll(1, seen[3]!.cursor)).toEqual(seen.slice(4));
    });

    it('does not give an event again when its dead letter is replayed after it was removed', async () => {
      const [order, id] = [randomUUID(), randomUUID()];
      await committed(order, 1, 2);
      const live = (await readAll(2))[1]!.cursor;
      await database.query('delete from messaging.outbox where aggregate_version = 1');
      await database.query(
        `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts)
         values ($1, 'fulfillment', $2, $3, 'TEST', 'test', 8)`,
        [
          id,
          Happened.type,
          {
            id,
            type: Happened.type,
            occurred_at: new Date().toISOString(),
            aggregate_id: order,
            aggregate_version: 1,
            correlation_id: 'request',
            payload: { step: 1 },
          },
        ],
      );
      await new ResolveDeadLetter(new Transactions(source)).execute(id, 'replayed', TESTER);
      await committed(order, 3);
      expect((await readAll(1, live)).map(({ version }) => version)).toEqual([3]);
      const floor = (await repository.readAfter(TYPES, BEGINNING, 10)).position;
      expect((await readAll(2, floor)).map(({ version }) => version)).toEqual([2, 3]);
    });

    it('says so as well after the outbox was emptied, and about a cursor that this database never gave', async () => {
      await committed(randomUUID(), 1, 2);
      const [first] = await readAll(2);
      await database.query('truncate messaging.outbox');
      expect(await repository.readAfter(TYPES, first!.cursor, 10)).toMatchObject({ gap: 'expired' });
      const now = await repository.now();
      expect(await repository.readAfter(TYPES, now, 10)).not.toHaveProperty('gap');
      const ahead = { ...now, tx: now.tx + 1_000_000n };
      expect(await repository.readAfter(TYPES, ahead, 10)).toMatchObject({ gap: 'unknown' });
      expect(parseFeedCursor('9223372036854775807-0-00000000-0000-0000-0000-000000000000')).toBeDefined();
      const farthest = { ...now, tx: 2n ** 63n - 1n };
      expect(await repository.readAfter(TYPES, farthest, 10)).toMatchObject({ gap: 'unknown' });
    });

    it('reads from the index, wherever the cursor is', async () => {
      await database.query(
        `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload)
         select gen_random_uuid(), 'test.happened.v1', gen_random_uuid(), 1, 'x', '{}' from generate_series(1, 20000)`,
      );
      await database.query('analyze messaging.outbox');
      const statements: string[] = [];
      const recorder = {
        query: (sql: string, parameters: unknown[]) => {
          statements.push(sql);
          return source.query(sql, parameters);
        },
      } as DataSource;
      await new EventFeedRepository(recorder).readAfter(TYPES, BEGINNING, 1000);
      const plan = JSON.stringify(
        await database.query(`explain ${statements[0]}`, [TYPES, '5', 1, BEGINNING.id, 1000]),
      );
      expect(plan).toContain('Index Scan using outbox_feed');
      expect(plan).not.toContain('Sort');
    });
  });

  describe('for many readers', () => {
    const feed = () => {
      const started = new EventFeed(repository, createLogger({ LOG_LEVEL: 'silent', logFormat: 'json' }, 'test'), {
        types: TYPES,
        toItem: ({ aggregate_id, aggregate_version }) => `${aggregate_id} ${aggregate_version}`,
      });
      open.push(started);
      return started;
    };
    const take = async (reader: FeedReader<string>, count: number) => {
      const seen: FeedBatch<string>['items'] = [];
      while (seen.length < count) seen.push(...(await reader.next())!.items);
      return seen;
    };

    it('gives each the same events in the same order, with one poll for all of them', async () => {
      const polls = jest.spyOn(repository, 'readAfter');
      const shared = feed();
      const first = await shared.open();
      const reading = take(first, 300);
      await until(async () => shared.recent !== undefined);
      const others = await Promise.all(Array.from({ length: 99 }, () => shared.open()));
      const readings = [reading, ...others.map((reader) => take(reader, 300))];
      for (let index = 0; index < 30; index++) await committed(randomUUID(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      const [expected, ...rest] = (await Promise.all(readings)).map((seen) => seen.map(({ item }) => item).join());
      expect(expected!.split(',')).toHaveLength(300);
      for (const seen of rest) expect(seen).toBe(expected);
      expect(polls.mock.calls.length).toBeLessThan(60); // 100 readers, and not 3000 times
    });

    it('goes from replay to live without losing or repeating an event while four others write', async () => {
      const written: string[] = [];
      let isWriting = true;
      const write = async () => {
        while (isWriting) {
          const order = randomUUID();
          for (const version of [1, 2, 3]) {
            await committed(order, version);
            written.push(`${order} ${version}`);
          }
        }
      };
      const writers = [1, 2, 3, 4].map(write);
      await until(async () => written.length > 200);
      const shared = feed();
      const late = await shared.open(BEGINNING);
      const live = await shared.open();
      const seen: string[] = [];
      const follow = (async () => {
        for (let batch = await late.next(); batch; batch = await late.next())
          seen.push(...batch.items.map(({ item }) => item));
      })();
      await until(async () => written.length > 2000);
      isWriting = false;
      await Promise.all(writers);
      await until(async () => seen.length >= written.length);
      late.close();
      live.close();
      await follow;
      expect([...seen].sort()).toEqual([...written].sort());
      const versions = new Map<string, number>();
      for (const [order, version] of seen.map((item) => item.split(' ') as [string, string])) {
        expect(Number(version)).toBe((versions.get(order) ?? 0) + 1);
        versions.set(order, Number(version));
      }
    });

    it('lets a reader that does not come for its events fall behind, and only that one', async () => {
      const shared = feed();
      const [slow, fast] = [await shared.open(), await shared.open()];
      const all = take(fast, 7001);
      const [first] = await Promise.all([take(slow, 1), committed(randomUUID(), 1)]);
      await database.query(
        `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload)
         select gen_random_uuid(), 'test.happened.v1', gen_random_uuid(), 1, 'x', '{}' from generate_series(1, 7000)`,
      );
      const seen = await all;
      expect(new Set(seen.map(({ item }) => item)).size).toBe(7001);
      expect(slow.isBehind).toBe(true);
      await expect(slow.next()).rejects.toThrow(FellBehindError);
      const back = await shared.open(first[0]!.cursor);
      expect(await take(back, 7000)).toEqual(seen.slice(1));
    });

    it('goes on where it was when its connections are cut', async () => {
      const shared = feed();
      const reader = await shared.open();
      const seen = take(reader, 40);
      for (let index = 0; index < 40; index++) {
        await committed(randomUUID(), 1);
        if (index % 10 === 5)
          await database.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid() and query like '%feed_floor%'`,
          );
      }
      expect(new Set((await seen).map(({ item }) => item)).size).toBe(40);
    });

    it('tells a reader with a cursor of another database, and goes on with it', async () => {
      const shared = feed();
      const other = await shared.open();
      void other.next();
      await until(async () => shared.recent !== undefined);
      const reader = await shared.open({ ...BEGINNING, tx: 2n ** 62n });
      expect(await reader.next()).toMatchObject({ gap: 'unknown', items: [] });
      const order = randomUUID();
      await committed(order, 1);
      expect((await take(reader, 1)).map(({ item }) => item)).toEqual([`${order} 1`]);
    });

    it('tells a reader that missed more than one reader gets, and goes on with it from now', async () => {
      const order = randomUUID();
      await committed(order, ...Array.from({ length: 300 }, (_, index) => index + 1));
      await readAll(300);
      const few = new EventFeed(repository, createLogger({ LOG_LEVEL: 'silent', logFormat: 'json' }, 'test'), {
        types: TYPES,
        toItem: ({ aggregate_id, aggregate_version }) => `${aggregate_id} ${aggregate_version}`,
        replayEventsMax: 299,
      });
      open.push(few);
      const reader = await few.open(BEGINNING);
      expect(await reader.next()).toMatchObject({ gap: 'too_many', items: [] });
      await committed(order, 301);
      expect((await reader.next())!.items.map(({ item }) => item)).toEqual([`${order} 301`]);
    });

    it('reads one page at a time for all replays', async () => {
      await committed(randomUUID(), ...Array.from({ length: 600 }, (_, index) => index + 1));
      await readAll(600);
      const pages = new EventFeedRepository(source);
      let running = 0;
      let most = 0;
      const readAfter = pages.readAfter.bind(pages);
      jest.spyOn(pages, 'readAfter').mockImplementation(async (types, after, limit) => {
        // The poll of all readers begins at the newest event, replays before it.
        const isReplay = after.tx === 0n;
        if (isReplay) most = Math.max(most, ++running);
        const page = await readAfter(types, after, limit);
        if (isReplay) running--;
        return page;
      });
      const feed = new EventFeed(pages, createLogger({ LOG_LEVEL: 'silent', logFormat: 'json' }, 'test'), {
        types: TYPES,
        toItem: ({ id }) => id,
      });
      open.push(feed);
      const readers = await Promise.all(Array.from({ length: 10 }, () => feed.open(BEGINNING)));
      const first = await Promise.all(readers.map((reader) => reader.next()));
      expect(first.map((batch) => batch!.items.length)).toEqual(Array(10).fill(250));
      expect(most).toBe(1);
    });

    it('reads no page for a reader that has left while it waited for its turn', async () => {
      await committed(randomUUID(), ...Array.from({ length: 300 }, (_, index) => index + 1));
      await readAll(300);
      const feed = new EventFeed(repository, createLogger({ LOG_LEVEL: 'silent', logFormat: 'json' }, 'test'), {
        types: TYPES,
        toItem: ({ id }) => id,
      });
      open.push(feed);
      const pages = jest.spyOn(repository, 'readAfter');
      const replays = () => pages.mock.calls.filter(([, { tx }]) => tx === 0n).length;
      const readers = await Promise.all(Array.from({ length: 10 }, () => feed.open(BEGINNING)));
      const first = readers.map((reader) => reader.next());
      for (const reader of readers.slice(1, 9)) reader.close();
      expect((await Promise.all(first)).map((batch) => batch?.items.length ?? 0)).toEqual([
        250,
        ...Array<number>(8).fill(0),
        250,
      ]);
      expect(replays()).toBe(2);
    });

    it('asks nothing of the database while nobody reads', async () => {
      const shared = feed();
      const reader = await shared.open();
      const reading = reader.next();
      await until(async () => shared.recent !== undefined);
      reader.close();
      expect(await reading).toBeUndefined();
      await until(async () => shared.recent === undefined);
      const polls = jest.spyOn(repository, 'readAfter');
      const next = await shared.open();
      void next.next();
      await until(async () => polls.mock.calls.length > 0);
    });
  });
});
