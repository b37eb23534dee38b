import { randomUUID } from 'node:crypto';
import { defineEvent, OutboxRepository, publish } from '@app/messaging';
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

  const append = (aggregateId: string, ...versions: number[]) =>
    new Transactions(source).run((tx) =>
      publish(
        tx,
        versions.map((version) => ({
          event: Happened,
          aggregateId,
          aggregateVersion: version,
          correlationId: 'request',
          payload: { step: version },
        })),
      ),
    );
  const claim = async (owner: string, limit = 100, leaseMs = 60_000) =>
    (await outbox.claimUnpublished(owner, leaseMs, limit, [Happened.type])).map(({ id, aggregate_version }) => ({
      id,
      version: aggregate_version,
    }));
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
    expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAgeSeconds: 0, oldestType: null });
    await append(randomUUID(), 1);
    await database.query(`update messaging.outbox set occurred_at = now() - interval '90 seconds'`);
    const { waiting, oldestAgeSeconds, oldestType } = await outbox.backlog();
    expect([waiting, oldestType]).toEqual([1, Happened.type]);
    expect(Math.round(oldestAgeSeconds)).toBe(90);
  });

  it('removes published events after their retention, never unpublished ones', async () => {
    const old = `('01900000-0000-7000-8000-00000000000' || $1)::uuid`; // a UUIDv7 of 2024
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
    ]);
  });
});
