import { randomUUID } from 'node:crypto';
import { OutboxRepository } from '@app/messaging';
import { OrderPlaced, OrderResumed, PlaceOrders, ResumeOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';

describe('the orders of a queue that lost what it held', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    [product] = (await someProducts(app, [1000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const anOrder = async () => {
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 1]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    return outcome.placed.order.id;
  };
  const resume = () => app.get(ResumeOrders).execute('test');
  const unpublished = (id: string) =>
    database.query(
      `select type from messaging.outbox where aggregate_id = $1 and published_at is null order by occurred_at, id`,
      [id],
    );

  it('are left alone while their event is still to be sent', async () => {
    const id = await anOrder();
    expect(await resume()).toBe(0);
    expect(await unpublished(id)).toEqual([{ type: OrderPlaced.type }]);
  });

  it('are sent again when a relay sent their event before the loss and marks it as published after it', async () => {
    const id = await anOrder();
    const outbox = new OutboxRepository(app.get(DataSource));
    const relay = randomUUID();
    const claimed = await outbox.claimUnpublished(relay, 60_000, 1000, [OrderPlaced.type], new Map([[2, 1000]]));
    expect(claimed.map(({ aggregate_id }) => aggregate_id)).toContain(id);
    // Here it is sent, and the queue loses it.
    expect(await resume()).toBe(claimed.length);
    await outbox.markPublished(
      relay,
      claimed.map((event) => event.id),
    );
    expect(await unpublished(id)).toEqual([{ type: OrderResumed.type }]);
  });
});
