import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type RunningApp, startApp, until } from '../support/processes';

/** 50 is what is wanted, and what a warm process on a machine of its own needs; one that is new compiles at the same time. */
const TURN_MS_MAX = 150;
const PRODUCTS = 100;

/** The largest requests that are legal, and those that make the longest answers. */
describe('a large request', () => {
  const directory = mkdtempSync(join(tmpdir(), 'turns-'));
  const file = join(directory, 'longest');
  let database: TestDatabase;
  let api: RunningApp;
  let products: number[];

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    products = await someProducts(app, Array<number>(PRODUCTS).fill(1_000_000));
    await app.close();
    api = await startApp('api', {
      DATABASE_URL: database.url,
      NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'watch-turns.mjs')).href}`,
      TURNS_FILE: file,
    });
    for (let round = 0; round < 3; round++) await send({ orders: orders(1000, 2) });
  }, 120_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
    rmSync(directory, { recursive: true });
  });

  const items = (count: number, first = 0) =>
    Array.from({ length: count }, (_, line) => ({ product_id: products[(first + line) % PRODUCTS]!, quantity: 1 }));
  const orders = (count: number, lines: number, given: (index: number) => object = () => ({})) =>
    Array.from({ length: count }, (_, index) => ({
      customer_name: `Customer ${index} "quoted"`,
      customer_email: `customer${index}@example.com`,
      items: items(lines, index),
      ...given(index),
    }));
  const send = (body: { orders: object[] } & Record<string, unknown>, key?: string) =>
    fetch(`${api.url}/api/v1/orders/bulk_create/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      body: JSON.stringify({ error_policy: 'reject_failed', ...body }),
    });
  /** Processor time of the longest turn since it was asked last. */
  const longestTurnMs = async () => {
    writeFileSync(file, '');
    api.child.kill('SIGUSR2');
    await until(async () => readFileSync(file, 'utf8').endsWith('ms'));
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  };

  const texts = { shipping_address: '"é\n'.repeat(300), billing_address: 'x'.repeat(1000), notes: '"'.repeat(2000) };
  const unknown = () => ({
    items: Array.from({ length: 100 }, (_, line) => ({ product_id: 900_000 + line, quantity: 1 })),
  });
  const wrong = () => ({ items: Array.from({ length: 100 }, () => ({ product_id: 0, quantity: 0 })) });

  it.each<[string, number, () => Parameters<typeof send>]>([
    ['of 1,000 orders of 100 lines', 201, () => [{ orders: orders(1000, 100) }]],
    ['of 1,000 orders of 100 lines that is only tried', 200, () => [{ orders: orders(1000, 100), dry_run: true }]],
    ['of 1,000 orders of long texts with a key', 201, () => [{ orders: orders(1000, 1, () => texts) }, 'texts']],
    ['of 1,000 orders of 100 products that do not exist', 400, () => [{ orders: orders(1000, 1, unknown) }]],
    ['of 1,000 orders that are wrong in 100 lines', 400, () => [{ orders: orders(1000, 1, wrong) }]],
    ['of 50,000 orders of six lines', 202, () => [{ orders: orders(50_000, 6) }]],
    [
      'of 50,000 orders with references and a key',
      202,
      () => [{ orders: orders(50_000, 1, (index) => ({ external_reference: `r-${index}` })) }, 'many'],
    ],
    ['of 4,000 orders that are wrong in 100 lines', 202, () => [{ orders: orders(4000, 1, wrong) }]],
  ])(
    '%s is worked on in slices that let others run',
    async (_, status, make) => {
      const request = make();
      await longestTurnMs();
      const response = await send(...request);
      await response.arrayBuffer();
      const longest = await longestTurnMs();
      if (process.env.PRINT_FIGURES) process.stdout.write(`${_}: longest turn ${longest} ms\n`);
      expect(response.status).toBe(status);
      expect(longest).toBeLessThan(TURN_MS_MAX);
    },
    60_000,
  );
});
