import { CancelOrder, CompleteStage, FulfillmentSteps, PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { TESTER } from '../../../../test/support/principals';

describe('completing a stage', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let performed: string[];

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    const steps = app.get(FulfillmentSteps);
    const perform = steps.perform.bind(steps);
    jest.spyOn(steps, 'perform').mockImplementation((step) => {
      performed.push(step.idempotencyKey);
      return perform(step);
    });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  beforeEach(() => {
    performed = [];
  });

  const anOrder = async () => {
    const [product] = await someProducts(app, [10]);
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product!, 1]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    return outcome.placed.order.id;
  };
  const complete = (orderId: string, stage: 'processing' | 'shipping', requestId = 'test') =>
    app.get(CompleteStage).execute({ orderId, stage, principal: TESTER, requestId, priority: 2 });

  it('performs the step once, however many events ask for it one after the other', async () => {
    const order = await anOrder();
    expect(await complete(order, 'processing')).toMatchObject({ result: 'moved' });
    expect(await complete(order, 'processing')).toEqual({ result: 'not_moved', status: 'processing' });
    expect(performed).toEqual([`${order}/processing`]);
  });

  it('performs it with the same key for events that meet, and one of them moves the order', async () => {
    const order = await anOrder();
    const outcomes = await Promise.all(['a', 'b', 'c'].map((request) => complete(order, 'processing', request)));
    expect(outcomes.filter(({ result }) => result === 'moved')).toHaveLength(1);
    expect(new Set(performed)).toEqual(new Set([`${order}/processing`]));
  });

  it('performs nothing for an order that was cancelled, or does not exist', async () => {
    const order = await anOrder();
    await app.get(CancelOrder).execute({ orderId: order, reason: null, principal: TESTER, requestId: 'test' });
    expect(await complete(order, 'processing')).toEqual({ result: 'not_moved', status: 'cancelled' });
    expect(await complete('00000000-0000-4000-8000-000000000000', 'shipping')).toEqual({
      result: 'not_moved',
      status: undefined,
    });
    expect(performed).toEqual([]);
  });
});
