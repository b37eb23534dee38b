import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { addDemoShop } from '../support/demo-data';
import { fillIn, readHttpFile } from '../support/http-file';
import { type RunningApp, startApp } from '../support/processes';
import { type SimulationStores, simulationStores } from '../support/simulation';
import { endpointsOf, readDocument } from './contract';

/** As after `npm start`: the demo data, an API, and a worker that takes as long as it does there. */
describe('docs/requests.http', () => {
  const { variables, requests } = readHttpFile(readFileSync(join(__dirname, '../../docs/requests.http'), 'utf8'));
  let database: TestDatabase;
  let stores: SimulationStores;
  let running: RunningApp[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    await addDemoShop(app);
    await app.close();
    stores = await simulationStores();
    const environment = { DATABASE_URL: database.url, ...stores.environment };
    running = [
      await startApp('api', environment),
      await startApp('worker', { ...environment, SIMULATED_DELAY_MS_MIN: '1000', SIMULATED_DELAY_MS_MAX: '5000' }),
    ];
  });
  afterAll(async () => {
    await Promise.all(running.map((app) => app.stop()));
    await database?.drop();
    await stores?.drop();
  });

  it('has every operation of the contract', () => {
    const asked = new Set(requests.map(({ name }) => name));
    expect(endpointsOf(readDocument()).filter(({ operation }) => !asked.has(operation.operationId))).toEqual([]);
  });

  it('runs from top to bottom, each request with the status that it says', async () => {
    const given = { ...variables, host: running[0]!.url };
    const answers = new Map<string, unknown>();
    const statuses: string[] = [];
    for (const { title, name, method, url, headers, body } of requests) {
      const response = await fetch(fillIn(url, given, answers), {
        method,
        headers,
        body: body && fillIn(body, given, answers),
      });
      statuses.push(`${title}: ${response.status}`);
      const isJson = response.headers.get('content-type')?.includes('json');
      if (isJson) answers.set(name!, await response.json());
      else await response.body?.cancel();
    }
    expect(statuses).toEqual(requests.map(({ title, expected }) => `${title}: ${expected}`));
  });
});
