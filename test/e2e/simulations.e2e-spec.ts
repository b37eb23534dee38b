import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportDocumentSchema } from '@app/simulation';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { readPdf } from '../support/pdf';
import { type RunningApp, startApp, until } from '../support/processes';

interface Simulation {
  id: string;
  status: string;
  starts: number;
  inserted_rows: number;
  failed_rows: number;
}

/** Simulations that are asked for over HTTP, with real processes. */
describe('a simulation', () => {
  let folder: string;
  let database: TestDatabase;
  let running: RunningApp[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simulations-'));
    database = await testDatabase();
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    running = [];
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (app: 'api' | 'worker' | 'scheduler', environment: Record<string, string> = {}) => {
    const started = await startApp(app, { DATABASE_URL: database.url, DATA_DIR: folder, ...environment });
    running.push(started);
    return started;
  };
  const ask = async (api: RunningApp, body: object) => {
    const response = await fetch(`${api.url}/api/v1/simulations/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ engine: 'sqlite', ...body }),
    });
    expect(response.status).toBe(202);
    const location = response.headers.get('location')!;
    return {
      location,
      read: async () => (await (await fetch(`${api.url}${location}`)).json()) as Simulation,
      report: (format: string) => fetch(`${api.url}${location}report/?format=${format}`),
    };
  };

  it('is carried out by a worker, and its PDF has the figures of its report', async () => {
    const api = await start('api');
    const { location, read, report } = await ask(api, { concurrency: 7 });
    expect(await read()).toMatchObject({ status: 'queued', starts: 0 });
    expect((await report('json')).status).toBe(409);
    await start('worker');
    await until(async () => (await read()).status === 'completed', 60_000);
    const streamed = await (await fetch(`${api.url}${location}stream/`)).text();
    expect(streamed).toContain('event: end');
    const lastId = /^id: (.*)\nevent: end$/m.exec(streamed)![1]!;
    const again = await fetch(`${api.url}${location}stream/`, { headers: { 'last-event-id': lastId } });
    expect(again.status).toBe(204);
    const run = await read();
    const { summary, attempts } = reportDocumentSchema.parse(await (await report('json')).json());
    expect([run.inserted_rows, run.failed_rows]).toEqual([summary.inserted, summary.failed]);
    const pdf = await report('pdf');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const { text } = readPdf(Buffer.from(await pdf.arrayBuffer()));
    expect(text).toContain('Total Threads Used 7');
    expect(text).toContain(`Success Rate ${summary.success_rate_percent.toFixed(1)}%`);
    expect(attempts.filter(({ thread }) => !text.includes(thread))).toEqual([]);
  }, 120_000);

  it('whose worker is killed is begun again by another one', async () => {
    const api = await start('api');
    const { read } = await ask(api, { concurrency: 1, delay_ms: 500 });
    const first = await start('worker');
    await until(async () => (await read()).status === 'running', 60_000);
    await first.stop('SIGKILL');
    await start('scheduler');
    await start('worker');
    await until(async () => (await read()).status === 'completed', 120_000);
    expect(await read()).toMatchObject({ starts: 2 });
  }, 240_000);

  it('keeps no order waiting that its worker could place', async () => {
    const app = await contexts(database.config);
    const [product] = await someProducts(app, [100]);
    await app.close();
    const api = await start('api');
    await start('worker', { WORKER_CONCURRENCY: '1' });
    const { read } = await ask(api, { concurrency: 1, delay_ms: 2000 });
    await until(async () => (await read()).status === 'running', 60_000);
    const response = await fetch(`${api.url}/api/v1/orders/bulk_create/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify({
        orders: [
          { customer_name: 'John', customer_email: 'john@example.com', items: [{ product_id: product, quantity: 1 }] },
        ],
      }),
    });
    const batch = `${api.url}${response.headers.get('location')}`;
    await until(async () => ((await (await fetch(batch)).json()) as { status: string }).status === 'success', 30_000);
    expect(await read()).toMatchObject({ status: 'running' });
  }, 120_000);
});
