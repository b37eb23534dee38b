import { randomUUID } from 'node:crypto';
import { createLogger, Transactions, UnavailableError } from '@app/platform';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
import { ResolveDeadLetter } from '../dead-letters/resolve-dead-letter';
import { defineEvent } from '../outbox/event';
import { publish } from '../outbox/outbox';
import { OutboxRepository } from '../outbox/outbox.repository';
import type { EventConsumer } from '../subscriptions/event-consumer';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';
import { MemoryBroker } from '../transports/memory/memory-broker';
import { MemoryTransport } from '../transports/memory/memory-transport';
import { BeginRate } from './begin-rate';
import { Relay } from './relay';
import { TESTER } from '../../../../test/support/principals';

const Happened = defineEvent('test.happened.v1', z.object({}));

class Consumer implements EventConsumer {
  handle = async () => undefined;
}

describe('the relay', () => {
  let database: TestDatabase;
  let relay: Relay;
  let deadLetters: DeadLettersRepository;
  let outbox: OutboxRepository;
  const beginRate = new BeginRate();
  let broker: MemoryBroker;
  let send: jest.SpyInstance<Promise<void>>;
  let transactions: Transactions<never>;

  beforeAll(async () => {
    database = await testDatabase();
    const source = await database.open();
    outbox = new OutboxRepository(source);
    transactions = new Transactions(source);
    deadLetters = new DeadLettersRepository(source);
  });
  beforeEach(async () => {
    await database.query('delete from messaging.outbox');
    broker = new MemoryBroker();
    const transport = new MemoryTransport(broker);
    send = jest.spyOn(transport, 'publish');
    relay = new Relay(
      outbox,
      new SubscriptionRegistry([
        { name: 'first', events: [Happened], consumer: Consumer, queue: 'fulfillment', delayMs: () => 7 },
        { name: 'second', events: [Happened], consumer: Consumer, queue: 'maintenance', priority: () => 9 },
      ]),
      transport,
      beginRate,
      database.config,
      createLogger(database.config, 'test'),
    );
  });
  afterAll(async () => {
    await database?.drop();
  });

  const unpublished = async () =>
    (await database.query('select from messaging.outbox where published_at is null')).length;
  const happen = () =>
    transactions.run((tx) =>
      publish(tx, [
        { event: Happened, aggregateId: randomUUID(), aggregateVersion: 1, correlationId: 'request', payload: {} },
      ]),
    );
  /** Jobs in the queues, the most urgent first. */
  const sent = () => broker.held();
  /** A dead letter that a subscription has of the only event there is, sent again. */
  const replay = async (subscription: string | null) => {
    const [event] = await database.query<{ id: string; type: string; occurred_at: Date }>(
      'select id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at from messaging.outbox',
    );
    const envelope = { ...event!, occurred_at: event!.occurred_at.toISOString() };
    const id = randomUUID();
    const letter = { id, subscription, envelope, type: event!.type, queue: 'fulfillment', code: 'TEST', reason: '' };
    await deadLetters.keep({ ...letter, attempts: 1 });
    await new ResolveDeadLetter(transactions).execute(id, 'replayed', TESTER);
  };

  it('makes a job for each subscription of an event, as that wants it', async () => {
    await happen();
    expect(await relay.publishBatch()).toBe(1);
    expect(sent()).toMatchObject([
      { name: 'first', queue: 'fulfillment', delayMs: 7, priority: 2 },
      { name: 'second', queue: 'maintenance', delayMs: 0, priority: 9 },
    ]);
    expect(await unpublished()).toBe(0);
  });

  it('sends both jobs again when the second could not be sent', async () => {
    await happen();
    send.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new UnavailableError('the queue is away'));
    await expect(relay.publishBatch()).rejects.toThrow('the queue is away');
    broker.loseEverything();
    expect(await relay.publishBatch()).toBe(1);
    expect(sent().map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it.each([
    ['second', ['second']],
    // Of a version that knew one consumer per event.
    [null, ['first']],
    ['invented-later', ['invented-later']],
  ])('sends a replayed event of %s to that subscription alone', async (failed, receivers) => {
    await happen();
    await relay.publishBatch();
    broker.loseEverything();
    await replay(failed);
    await relay.publishBatch();
    expect(sent()).toMatchObject(
      receivers.map((name) => ({ name, id: expect.stringMatching(new RegExp(`-${name}-1$`)) })),
    );
  });

  it('sends an event that both subscriptions failed on to both', async () => {
    await happen();
    await relay.publishBatch();
    broker.loseEverything();
    await replay('second');
    await replay('first');
    await relay.publishBatch();
    expect(sent().map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('forgets no subscription when one has failed before the event counted as published', async () => {
    await happen();
    send.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new UnavailableError('the queue is away'));
    await relay.publishBatch().catch(() => undefined);
    await replay('first');
    broker.loseEverything();
    await relay.publishBatch();
    expect(sent().map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('keeps what it could not send, to send it again at once', async () => {
    await happen();
    send.mockRejectedValueOnce(new UnavailableError('the queue is away'));
    await expect(relay.publishBatch()).rejects.toThrow('the queue is away');
    expect(await unpublished()).toBe(1);
    expect(await relay.publishBatch()).toBe(1);
    expect(await unpublished()).toBe(0);
  });

  it('claims half as much after a claim that took too long, and more again when one succeeds', async () => {
    const claim = jest.spyOn(outbox, 'claimUnpublished');
    const tooSlow = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
    const claimed = async (outcome: Error | 'nothing') => {
      if (outcome === 'nothing') claim.mockResolvedValueOnce([]);
      else claim.mockRejectedValueOnce(outcome);
      await relay.publishBatch().catch(() => undefined);
      return claim.mock.lastCall![2];
    };
    const limits: number[] = [];
    for (let round = 0; round < 9; round++) limits.push(await claimed(tooSlow));
    expect(limits).toEqual([1000, 500, 250, 125, 62, 31, 15, 10, 10]);
    // A connection that was refused says nothing about the size of the claim.
    expect(await claimed(new Error('connect ECONNREFUSED'))).toBe(10);
    limits.length = 0;
    for (let round = 0; round < 9; round++) limits.push(await claimed('nothing'));
    expect(limits).toEqual([10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
    claim.mockRestore();
  });
});
