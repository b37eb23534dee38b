import { randomUUID } from 'node:crypto';
import { createLogger, Transactions, UnavailableError } from '@app/platform';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { ConsumerRegistry } from '../consumers/consumer-registry';
import type { QueuePublisher } from '../queue/queue-publisher';
import { defineEvent } from '../outbox/event';
import { publish } from '../outbox/outbox';
import { OutboxRepository } from '../outbox/outbox.repository';
import { LineRate } from './line-rate';
import { Relay } from './relay';

const Happened = defineEvent('test.happened.v1', z.object({}));

describe('the relay', () => {
  let database: TestDatabase;
  let relay: Relay;
  let outbox: OutboxRepository;
  const lineRate = new LineRate();
  const send = jest.fn<Promise<void>, []>();

  beforeAll(async () => {
    database = await testDatabase();
    const source = await database.open();
    const consumer = { events: [Happened], queue: 'fulfillment', handle: async () => undefined } as const;
    outbox = new OutboxRepository(source);
    relay = new Relay(
      outbox,
      new ConsumerRegistry([consumer], []),
      { send } as unknown as QueuePublisher,
      lineRate,
      database.config,
      createLogger(database.config, 'test'),
    );
    const aggregateId = randomUUID();
    await new Transactions(source).run((tx) =>
      publish(tx, [{ event: Happened, aggregateId, aggregateVersion: 1, correlationId: 'request', payload: {} }]),
    );
  });
  afterAll(async () => {
    await database?.drop();
  });

  const unpublished = async () =>
    (await database.query('select from messaging.outbox where published_at is null')).length;

  it('keeps what it could not send, to send it again at once', async () => {
    send.mockRejectedValueOnce(new UnavailableError('the queue is away'));
    await expect(relay.publishBatch()).rejects.toThrow('the queue is away');
    expect(await unpublished()).toBe(1);
    send.mockResolvedValueOnce();
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
