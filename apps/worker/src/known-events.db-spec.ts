import * as audit from '@app/audit';
import * as inventory from '@app/inventory';
import * as messaging from '@app/messaging';
import * as orders from '@app/orders';
import { createLogger } from '@app/platform';
import { Test } from '@nestjs/testing';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { WorkerModule } from './worker.module';

const isEvent = (value: unknown): value is messaging.EventType =>
  typeof value === 'object' && value !== null && 'type' in value && 'payload' in value;

describe('the worker', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });

  it('knows every event that is published: it acts on it, or it is said that nobody does', async () => {
    const { config } = database;
    const app = await Test.createTestingModule({
      imports: [WorkerModule.for(config, createLogger(config, 'test'))],
    }).compile();
    const consumers = app.get<messaging.EventConsumer[]>(messaging.EVENT_CONSUMERS, { strict: false });
    const unconsumed = app.get<messaging.EventType[]>(messaging.UNCONSUMED_EVENTS, { strict: false });
    const known = [...consumers.flatMap(({ events }) => events), ...unconsumed].map(({ type }) => type);
    const published = [audit, inventory, messaging, orders].flatMap((lib) => Object.values(lib).filter(isEvent));
    expect(known.sort()).toEqual(published.map(({ type }) => type).sort());
    await app.close();
  });
});
