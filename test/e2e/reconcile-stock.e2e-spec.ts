import { type CommandResult, runCli } from '../support/cli';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';

describe('cli reconcile-stock', () => {
  let api: TestApi;
  let products: number[];

  beforeEach(async () => {
    api = await testApi();
    products = await someProducts(api.app, [50, 2000, 7]);
  });
  afterEach(() => api?.close());

  const cli = (...args: string[]): Promise<CommandResult> => runCli(api.database.url, ['reconcile-stock', ...args]);
  const tamper = (set: string, product: number) =>
    api.database.query(`update inventory.stock_levels set ${set} where product_id = $1`, [product]);
  const health = () =>
    api.json<{ status: string; checks: { stock: { status: string; drifted?: number; message?: string } } }>('/health/');

  it('says that nothing drifted, and exits with 0', async () => {
    expect(await cli()).toEqual({
      code: 0,
      output: 'No drift: 3 products are what their ledger says and what orders reserve.\n',
    });
  });

  it('shows what drifted, changes nothing without --apply, and exits with 1', async () => {
    await tamper('on_hand = 1500, reserved = 2', products[1]!);
    const { code, output } = await cli();
    expect(code).toBe(1);
    expect(output.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['product', 'on hand', 'ledger', 'reserved', 'ledger', 'held by orders'],
      [String(products[1]), '1,500', '2,000', '2', '0', '0'],
      ['Nothing was changed. --apply sets the levels to their ledger.'],
      [''],
    ]);
    expect(await api.json(`/api/v1/inventory/${products[1]}/`)).toMatchObject({ quantity: 1500 });
  });

  it('repairs after showing, once somebody said yes, and health recovers with the next look at all products', async () => {
    await tamper('on_hand = 1500', products[1]!);
    await cli();
    expect((await health()).checks.stock).toMatchObject({
      status: 'degraded',
      drifted: 1,
      message: `1 level is not what the ledger says (product ${products[1]}). See them with: npm run cli -- reconcile-stock`,
    });
    expect(await api.request('/metrics').then((response) => response.text())).toMatch(/^stock_drifted_products 1$/m);

    const refused = await cli('--apply');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('repeat the command with --yes') });
    expect(await api.json(`/api/v1/inventory/${products[1]}/`)).toMatchObject({ quantity: 1500 });

    const applied = await cli('--apply', '--yes', '--reason', 'Typed by hand');
    expect(applied).toMatchObject({ code: 0, output: expect.stringContaining('Set 1 of 1 levels to their ledger.') });
    expect(await api.json(`/api/v1/inventory/${products[1]}/`)).toMatchObject({ quantity: 2000 });
    const { results } = await api.json<{ results: object[] }>(`/api/v1/inventory/${products[1]}/transactions/`);
    expect(results[0]).toMatchObject({
      quantity: 0,
      processed_by: 'cli',
      notes: expect.stringMatching(/Typed by hand$/),
    });
    expect((await health()).checks.stock).toMatchObject({ status: 'healthy', drifted: 0 });
  });

  it('takes some products, and leaves what a level can not have to a person', async () => {
    await tamper('on_hand = 1', products[0]!);
    await tamper('on_hand = 20, maximum_capacity = 30', products[1]!);
    const { code, output } = await cli('--product', String(products[1]), String(products[2]), '--apply', '--yes');
    expect([code, output]).toEqual([1, expect.stringMatching(/Set 0 of 1 levels[^]*Still different:/)]);
    expect(await api.json(`/api/v1/inventory/${products[0]}/`)).toMatchObject({ quantity: 1 });
  });

  it('gives the ledger the RESERVE row that it lost, and the next order can not have these units', async () => {
    const order = {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: products[2], quantity: 4 }],
    };
    expect((await api.post('/api/v1/orders/', order)).status).toBe(201);
    await api.database.query(
      `set session_replication_role = replica; delete from inventory.stock_movements where kind = 'reserve'; reset session_replication_role`,
    );
    expect(await cli()).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /is pending with 4; reservation held of 4\. To correct: reserve 4\nNothing was changed/,
      ),
    });
    const applied = await cli('--apply', '--yes', '--reason', 'A row was lost');
    expect(applied).toMatchObject({
      code: 0,
      output: expect.stringContaining('Corrected 1 of 1 products to their orders.'),
    });
    expect(await cli()).toMatchObject({ code: 0 });
    expect((await api.post('/api/v1/orders/', order)).status).toBe(409);
  });

  it('refuses what is no product id', async () => {
    expect(await cli('--product', 'x')).toMatchObject({ code: 1, output: expect.stringContaining('whole number') });
  });
});
