import { randomUUID } from 'node:crypto';
import { createLogger, Transactions, UnavailableError } from '@app/platform';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { ConsumerRegistry } from '../consumers/consumer-registry';
import type { QueuePublisher } from '../queue/queue-publisher';
import { defineEvent } from './event';
import { LineRate } from './line-rate';
import { publish } from './outbox';
import { OutboxRepository } from './outbox.repository';
import { Relay } from './relay';

const Happened = defineEvent('test.happened.v1', z.object({}));

describe('the relay', () => {
  let database: TestDatabase;
  let relay: Relay;
  const lineRate = new LineRate();
  const send = jest.fn<Promise<void>, []>();

  beforeAll(async () => {
    database = await testDatabase();
    const source = await database.open();
    const consumer = { events: [Happened], queue: 'fulfillment', handle: async () => undefined } as const;
    relay = new Relay(
      new OutboxRepository(source),
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
});
