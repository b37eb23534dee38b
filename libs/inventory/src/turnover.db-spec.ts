import { ReconcileStock } from '@app/inventory';
import { ApplyTransitions, type OrderStatus, PlaceOrders } from '@app/orders';
import { registry } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../test/support/factories';
import { TESTER } from '../../../test/support/principals';

describe('inventory turnover', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await someProducts(app, [100, 60]);
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const turnover = async () =>
    (await registry.metrics()).match(/^inventory_turnover_ratio (.*)$/m)?.[1]?.replace('Nan', 'NaN') ?? 'not listed';
  const compare = () => app.get(ReconcileStock, { strict: false }).execute({});
  const order = async (pairs: [number, number][], ...states: OrderStatus[]) => {
    const { orderId, ...rest } = aPlacement({ lines: lines(...pairs) });
    await app.get(PlaceOrders, { strict: false }).execute([{ orderId, ...rest }]);
    for (const to of states)
      await app
        .get(ApplyTransitions, { strict: false })
        .execute([{ orderId, to, principal: TESTER, requestId: null, reason: null }]);
  };
  const hoursPass = (hours: number) =>
    database.query(`update inventory.turnover_points set taken_at = taken_at - $1 * interval '1 hour'`, [hours]);

  it('is what left with orders in 24 hours, divided by what was on hand on average', async () => {
    expect(await turnover()).toBe('NaN');
    await order([[1, 40]], 'processing', 'shipped');
    await compare();
    // 40 have left before the window that is asked for below; 120 are on hand.
    await hoursPass(20);
    expect(await turnover()).toBe('NaN');
    await compare();
    await hoursPass(10);
    await order(
      [
        [1, 10],
        [2, 20],
      ],
      'processing',
      'shipped',
      'delivered',
    );
    await order([[2, 7]], 'cancelled');
    await order([[2, 5]]);
    await compare();
    // Points: 30 h ago 120 on hand, 10 h ago 120, now 90; 30 units left after the first, which is the last that is 24 h old.
    expect(Number(await turnover())).toBeCloseTo(30 / ((120 + 120 + 90) / 3), 10);
    await hoursPass(15);
    await order([[2, 9]], 'processing', 'shipped');
    await compare();
    // Points: 25 h ago 120 on hand, 15 h ago 90, now 81; 39 left since. The first point is forgotten.
    expect(Number(await turnover())).toBeCloseTo(39 / ((120 + 90 + 81) / 3), 10);
    expect(await database.query('select count(*) as points from inventory.turnover_points')).toEqual([{ points: 3 }]);
  });

  it('is not a number while nothing is on hand', async () => {
    await order(
      [
        [1, 100],
        [2, 60],
      ],
      'processing',
      'shipped',
    );
    await compare();
    await compare();
    expect(await turnover()).toBe('NaN');
  });
});
