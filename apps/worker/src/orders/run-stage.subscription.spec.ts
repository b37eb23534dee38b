import type { EventEnvelope } from '@app/messaging';
import { ORDER_PRIORITIES, type OrderEventPayload, type OrderStatus } from '@app/orders';
import { loadConfig } from '@app/platform';
import { runStageSubscription } from './run-stage.subscription';

const subscription = runStageSubscription(loadConfig({ DATABASE_URL: 'postgres://x@y/z' }));
const priorityOf = (priority: number, status: OrderStatus) =>
  subscription.priority!({
    payload: { order_id: 'any', priority, status, previous_status: null },
  } as EventEnvelope<OrderEventPayload>);

describe('jobs of the stages', () => {
  it('go by the priority of their order, and then those that are furthest first', () => {
    const { high, normal, low } = ORDER_PRIORITIES;
    const inTurn = [high, normal, low].flatMap((priority) =>
      (['shipped', 'processing', 'pending'] as const).map((status) => priorityOf(priority, status)),
    );
    expect(inTurn).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
