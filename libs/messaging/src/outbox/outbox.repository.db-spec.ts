import { randomUUID } from 'node:crypto';
import { defineEvent, type NewEvent, OutboxRepository, publish } from '@app/messaging';
import { Transactions } from '@app/platform';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';

const Happened = defineEvent('test.happened.v1', z.object({ step: z.number() }));

describe('the outbox', () => {
  let database: TestDatabase;
  let source: DataSource;
  let outbox: OutboxRepository;

  beforeEach(async () => {
    database = await testDatabase();
    source = await database.open();
    outbox = new OutboxRepository(source);
  });
  afterEach(async () => {
    await database.drop();
  });

  const append = (aggregateId: string, ...versions: number[]) => appendRanked(aggregateId, {}, ...versions);
  const appendRanked = (aggregateId: string, place: Pick<NewEvent, 'rank' | 'waitingSince'>, ...versions: number[]) =>
    new Transactions(source).run((tx) =>
      publish(
        tx,
        versions.map((version) => ({
          ...place,
          event: Happened,
          aggregateId,
          aggregateVersion: version,
          correlationId: 'request',
          payload: { step: version },
        })),
      ),
    );
  const claim = async (owner: string, limit = 100, leaseMs = 60_000, places?: Map<number, number>) =>
    (await outbox.claimUnpublished(owner, leaseMs, limit, [Happened.type], places)).map(
      ({ id, aggregate_version }) => ({
        id,
        version: aggregate_version,
      }),
    );
  const versions = (claimed: { version: number }[]) => claimed.map(({ version }) => version);

  it('gives each event to one relay, however many claim at once', async () => {
    for (let index = 0; index < 200; index++) await append(randomUUID(), 1);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => claim(owner)));
    const ids = claims.flat().map(({ id }) => id);
    const rest = await claim('e', 200);
    expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBe(200);
    expect(ids.length + rest.length).toBe(200);
  });

  it('holds later events of an aggregate back while an earlier one is with another relay', async () => {
    const order = randomUUID();
    await append(order, 1);
    const [first] = await claim('a');
    await append(order, 2);
    await append(randomUUID(), 1);
    expect(versions(await claim('b'))).toEqual([1]); // the stranger's only
    await outbox.markPublished('a', [first!.id]);
    expect(versions(await claim('b'))).toEqual([2]);
  });

  it('never claims two events of one aggregate together', async () => {
    await append(randomUUID(), 1, 2, 3);
    const claimed = await claim('a');
    expect(versions(claimed)).toEqual([1]);
  });

  it('gives a claim to another relay when its lease has run out, and ignores the mark of the one that was away', async () => {
    await append(randomUUID(), 1);
    const [claimed] = await claim('slow', 100, 0);
    expect(versions(await claim('fast'))).toEqual([1]);
    await outbox.markPublished('slow', [claimed!.id]);
    expect((await outbox.backlog()).waiting).toBe(1);
    await outbox.markPublished('fast', [claimed!.id]);
    expect((await outbox.backlog()).waiting).toBe(0);
  });

  it('gives a released claim out again at once', async () => {
    await append(randomUUID(), 1);
    const [claimed] = await claim('a');
    expect(await claim('b')).toEqual([]);
    await outbox.release('a', [claimed!.id]);
    expect(versions(await claim('b'))).toEqual([1]);
  });

  it('tells how long the oldest event has waited', async () => {
    expect(await outbox.backlog()).toEqual({
      waiting: 0,
      oldestAgeSeconds: 0,
      oldestType: null,
      ranked: { waiting: 0, oldestAgeSeconds: 0 },
    });
    await append(randomUUID(), 1);
    await database.query(`update messaging.outbox set occurred_at = now() - interval '90 seconds'`);
    const { waiting, oldestAgeSeconds, oldestType } = await outbox.backlog();
    expect([waiting, oldestType]).toEqual([1, Happened.type]);
    expect(Math.round(oldestAgeSeconds)).toBe(90);
  });

  describe('events with a rank', () => {
    const claimRanked = (places: [rank: number, free: number][], limit = 100) =>
      claim(randomUUID(), limit, 60_000, new Map(places));

    it('gives out of each rank as many as there are places, oldest first, and the rest later', async () => {
      for (let version = 1; version <= 5; version++) await appendRanked(randomUUID(), { rank: 2 }, version);
      await appendRanked(randomUUID(), { rank: 1 }, 6);
      await append(randomUUID(), 7);
      expect(
        versions(
          await claimRanked([
            [1, 0],
            [2, 0],
          ]),
        ),
      ).toEqual([7]);
      expect(
        versions(
          await claimRanked([
            [1, 3],
            [2, 3],
          ]),
        ),
      ).toEqual([6, 1, 2]);
      expect(versions(await claimRanked([[2, 9]]))).toEqual([3, 4, 5]);
    });

    it('gives a rank only the places that those before it leave free, and sends it after them', async () => {
      await appendRanked(randomUUID(), { rank: 3 }, 1, 2);
      for (let version = 3; version <= 5; version++) await appendRanked(randomUUID(), { rank: 2 }, version);
      const places: [number, number][] = [
        [1, 2],
        [2, 2],
        [3, 2],
      ];
      expect(versions(await claimRanked(places))).toEqual([3, 4]);
      expect(versions(await claimRanked(places))).toEqual([5, 1]);
      expect(versions(await claimRanked(places))).toEqual([2]);
    });

    it('keeps the place of an event that stands for an older one', async () => {
      await appendRanked(randomUUID(), { rank: 2 }, 1);
      await appendRanked(randomUUID(), { rank: 2, waitingSince: new Date(Date.now() - 60_000) }, 2);
      expect(versions(await claimRanked([[2, 1]]))).toEqual([2]);
    });

    it('holds nothing back of an aggregate that waits in it, and waits for what leaves at once', async () => {
      const [cancelled, begun] = [randomUUID(), randomUUID()];
      await appendRanked(cancelled, { rank: 3 }, 1);
      await append(cancelled, 2);
      await append(begun, 3);
      await appendRanked(begun, { rank: 1 }, 4);
      const first = await claimRanked([[1, 9]]);
      expect(versions(first)).toEqual([2, 3]);
      expect(versions(await claimRanked([[1, 9]]))).toEqual([]);
      await database.query('update messaging.outbox set published_at = now() where id = any($1)', [
        first.map(({ id }) => id),
      ]);
      expect(versions(await claimRanked([[1, 9]]))).toEqual([4]);
    });

    it('is not counted among what is to leave at once', async () => {
      await appendRanked(randomUUID(), { rank: 2 }, 1, 2);
      await database.query(`update messaging.outbox set occurred_at = now() - interval '90 seconds'`);
      const { waiting, oldestAgeSeconds, ranked } = await outbox.backlog();
      expect([waiting, oldestAgeSeconds, ranked.waiting, Math.round(ranked.oldestAgeSeconds)]).toEqual([0, 0, 2, 90]);
    });
  });

  it.each([
    ['when they were published', `now() - interval '25 hours'`],
    ['and published at such a time', `'2099-01-01'`],
  ])('removes events from a clock that was ahead, %s', async (_, published) => {
    await database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
       values ('ff900000-0000-7000-8000-000000000001', 'test.v1', gen_random_uuid(), 1, 'x', '{}', ${published})`,
    );
    expect(await outbox.deletePublished(24, 100)).toBe(1);
  });

  it('removes published events after their retention, never unpublished ones', async () => {
    const old = `('01900000-0000-7000-8000-00000000000' || $1)::uuid`; // a UUIDv7 of 2024
    await database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
       values ('ff900000-0000-7000-8000-000000000004', 'test.v1', gen_random_uuid(), 1, 'x', '{}', now() - interval '1 hour')`,
    );
    for (const [digit, published] of [
      ['1', `now() - interval '25 hours'`],
      ['2', `now() - interval '1 hour'`],
      ['3', 'null'],
    ])
      await database.query(
        `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
         values (${old}, 'test.v1', gen_random_uuid(), 1, 'x', '{}', ${published})`,
        [digit],
      );
    expect(await outbox.deletePublished(24, 100)).toBe(1);
    expect(await database.query(`select right(id::text, 1) as digit from messaging.outbox order by 1`)).toEqual([
      { digit: '2' },
      { digit: '3' },
      { digit: '4' },
    ]);
  });
});
