import { type Endpoint, endpointsOf, isOpen, type OpenApiDocument } from '../contract/contract';
import { installedBrowser, openBrowser, type TestBrowser } from '../support/browser';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { addDemoShop } from '../support/demo-data';
import { type RunningApp, startApp, until } from '../support/processes';
import { type SimulationStores, simulationStores } from '../support/simulation';
import { shownJson, SwaggerPage } from './swagger-page';

const chromium = installedBrowser();
const run = chromium ? it : it.skip;

/** What `npm start` gives a newcomer, before anything happened. */
async function openShop(
  environment: Record<string, string> = {},
): Promise<{ database: TestDatabase; api: RunningApp }> {
  const database = await testDatabase();
  const app = await contexts(database.config);
  await addDemoShop(app);
  await app.close();
  return { database, api: await startApp('api', { DATABASE_URL: database.url, ...environment }) };
}

/** A new user with a browser, a running API and a worker. */
describe('the pages for people', () => {
  let database: TestDatabase;
  let running: RunningApp[] = [];
  let api: RunningApp;
  let browser: TestBrowser;
  let swagger: SwaggerPage;
  let document: OpenApiDocument;

  beforeAll(async () => {
    if (!chromium) return;
    ({ database, api } = await openShop());
    running = [api];
    document = (await (await fetch(`${api.url}/swagger.json`)).json()) as OpenApiDocument;
    browser = await openBrowser(chromium);
    swagger = new SwaggerPage(browser.page, api.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all(running.map((app) => app.stop()));
    await database?.drop();
  });

  const find = (method: string, path: string) =>
    endpointsOf(document).find(({ name }) => name === `${method} ${path}`)?.operation;
  const execute = async (method: string, path: string, given?: Parameters<SwaggerPage['execute']>[2]) => {
    const { tags, operationId } = find(method, path)!;
    return swagger.execute(tags![0]!, operationId!, given);
  };

  run(
    'let them try the whole way of an order from Swagger UI',
    async () => {
      await swagger.open();
      const product = await execute('POST', '/api/v1/products/');
      expect(product.status).toBe(201);
      const { id, sku } = shownJson<{ id: number; sku: string }>(product);

      const received = await execute('POST', '/api/v1/inventory/{id}/adjust/', {
        parameters: { id: String(id) },
        body: { adjustment_type: 'add', quantity: 10, notes: 'First delivery' },
      });
      expect(shownJson(received)).toEqual({
        success: true,
        previous_quantity: 25,
        new_quantity: 35,
        adjustment: 10,
      });

      const order = {
        customer_name: 'New User',
        customer_email: 'new@example.com',
        items: [{ product_id: id, quantity: 3 }],
      };
      const placed = await execute('POST', '/api/v1/orders/', { body: order });
      expect(placed.status).toBe(201);
      const first = shownJson<{ order_id: string; items: object[] }>(placed);
      expect(first.items).toMatchObject([{ product_id: id, product_sku: sku, quantity: 3 }]);
      const second = shownJson<{ order_id: string }>(await execute('POST', '/api/v1/orders/', { body: order }));
      expect(second.order_id).not.toBe(first.order_id);

      if (find('POST', '/api/v1/orders/bulk_create/'))
        expect((await execute('POST', '/api/v1/orders/bulk_create/')).status).toBe(201);

      const cancelled = await execute('POST', '/api/v1/orders/{order_id}/cancel/', {
        parameters: { order_id: second.order_id },
      });
      expect(shownJson(cancelled)).toMatchObject({ success: true, new_status: 'cancelled' });
      await swagger.show('orders', 'orders_cancel');
      await browser.screenshot('swagger-cancel');

      // Only now: nobody knows how long the page takes, and an order that is shipped cannot be cancelled.
      const settings = { SIMULATED_DELAY_MS_MIN: '1000', SIMULATED_DELAY_MS_MAX: '1000' };
      running.push(await startApp('worker', { DATABASE_URL: database.url, ...settings }));
      await until(async () => {
        const status = await execute('GET', '/api/v1/orders/{order_id}/status/', {
          parameters: { order_id: first.order_id },
        });
        return shownJson<{ status: string }>(status).status === 'delivered';
      }, 60_000);
      const history = await execute('GET', '/api/v1/orders/{order_id}/history/', {
        parameters: { order_id: first.order_id },
      });
      expect(
        shownJson<{ results: { status: string; version: number }[] }>(history).results.map(({ status }) => status),
      ).toEqual(['delivered', 'shipped', 'processing', 'pending']);
      await swagger.show('orders', 'orderHistory');
      await browser.screenshot('swagger-history');
      expect(browser.strangers(api.url)).toEqual([]);
    },
    300_000,
  );

  run('let them watch an order on the live stream, where there is one', async () => {
    if (!find('GET', '/api/v1/orders/stream/')) {
      expect(Object.keys(document.paths)).not.toContain('/api/v1/orders/stream/');
      return;
    }
    await swagger.open();
    // Swagger UI waits until an answer ends; a page of a shop would listen like this, in the same browser.
    const { placedId, seen } = await browser.page.evaluate(async () => {
      const stream = await fetch('/api/v1/orders/stream/', { headers: { accept: 'text/event-stream' } });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      const placed = await fetch('/api/v1/orders/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          customer_name: 'Watcher',
          customer_email: 'watcher@example.com',
          items: [{ product_id: 1, quantity: 1 }],
        }),
      });
      const { order_id: placedId } = (await placed.json()) as { order_id: string };
      let seen = '';
      for (const deadline = Date.now() + 20_000; Date.now() < deadline && !seen.includes(placedId);)
        seen += (await reader.read()).value ?? '';
      await reader.cancel();
      return { placedId, seen };
    });
    expect(seen).toContain(placedId);
    expect(seen).toMatch(/^data: /m);
  });

  run('let them read the whole document in ReDoc, without the network', async () => {
    const violations: string[] = [];
    browser.page.on('pageerror', (error) => violations.push(error.message));
    await browser.page.goto(`${api.url}/redoc/`);
    await browser.page.getByRole('heading', { name: 'Place an order' }).first().waitFor();
    const headings = await browser.page.getByRole('heading').allInnerTexts();
    expect(headings.map((heading) => heading.trim())).toEqual(
      expect.arrayContaining(endpointsOf(document).map(({ operation }) => operation.summary)),
    );
    await browser.page.getByRole('textbox').first().fill('cancel');
    await browser.page.locator('[data-role="search:results"]').waitFor();
    await browser.page.setViewportSize({ width: 1400, height: 1000 });
    await browser.screenshot('redoc');
    expect(violations).toEqual([]);
    expect(browser.strangers(api.url)).toEqual([]);
  });

  // Every example is sent by the suite of the contract; here is what the page makes of some.
  run(
    'have examples that succeed when Execute is pressed, untouched: the first to read in each group, and placing',
    async () => {
      // Of its own: in the other one a worker moves the orders on that the examples cancel.
      const stores: SimulationStores = await simulationStores();
      const shop = await openShop(stores.environment);
      const page = new SwaggerPage(browser.page, shop.api.url);
      await page.open();
      const tagOf = ({ operation }: Endpoint) => operation.tags![0]!;
      const reading = endpointsOf(document)
        .filter(({ method }) => method === 'GET')
        .filter((endpoint, index, all) => all.findIndex((each) => tagOf(each) === tagOf(endpoint)) === index);
      const placing = endpointsOf(document).filter(({ name }) => name === 'POST /api/v1/orders/');
      const endpoints = [...placing, ...reading];
      expect(endpoints.length).toBeGreaterThan(5);
      const failed: string[] = [];
      for (const endpoint of endpoints) {
        const { name, operation } = endpoint;
        const { status } = await page.execute(operation.tags![0]!, operation.operationId!);
        await page.close(operation.tags![0]!, operation.operationId!);
        // Nobody has logged in here.
        const isRight = isOpen(endpoint) ? status >= 200 && status < 300 : status === 401;
        if (!isRight) failed.push(`${name}: ${status}`);
      }
      expect(failed).toEqual([]);
      await browser.screenshot('swagger');
      await shop.api.stop();
      await shop.database.drop();
      await stores.drop();
    },
    300_000,
  );
});
