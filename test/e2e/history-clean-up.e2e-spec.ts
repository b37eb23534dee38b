import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, someProducts } from '../support/factories';
import { type RunningApp, startApp, until } from '../support/processes';
import { TESTER } from '../support/principals';
import { ApplyTransitions, PlaceOrders } from '@app/orders';

describe('the weekly clean-up of the history', () => {
  let database: TestDatabase;
  let running: RunningApp[] = [];

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await Promise.all(running.map((app) => app.stop()));
    await database?.drop();
  });

  it('goes from the schedule through the queue to the versions of orders and products', async () => {
    const app = await contexts(database.config);
    await someProducts(app, [10]);
    const placement = aPlacement();
    await app.get(PlaceOrders).execute([placement]);
    const cancel = {
      orderId: placement.orderId,
      to: 'cancelled',
      principal: TESTER,
      requestId: null,
      reason: null,
    } as const;
    await app.get(ApplyTransitions).execute([cancel]);
    await app.close();
    await database.query(`update audit.order_versions set superseded_at = superseded_at - interval '91 days'`);
    // A scheduler that was never there before finds last Sunday's slot missed.
    const environment = { DATABASE_URL: database.url };
    running = await Promise.all([startApp('worker', environment), startApp('scheduler', environment)]);
    const versions = async () => (await database.query(`select from audit.order_versions`)).length;
    await until(async () => (await versions()) === 0);
    const names = async () =>
      (await database.query(`select name from audit.clean_ups order by name`)).map(({ name }) => name);
    await until(async () => (await names()).length === 2);
    expect(await names()).toEqual(['order', 'product']);
  });
});
