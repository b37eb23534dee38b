import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { addDemoData } from '../support/demo-data';
import { type RunningApp, startApp } from '../support/processes';
import { endpointsOf, type OpenApiDocument } from './contract';

interface Sendable {
  content?: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
}

/** What a generated client does first: it sends what the document gives as an example, to a shop with the demo data. */
describe('the examples of the document', () => {
  let database: TestDatabase;
  let api: RunningApp;
  let document: OpenApiDocument;

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    await addDemoData(app);
    await app.close();
    api = await startApp('api', { DATABASE_URL: database.url });
    document = (await (await fetch(`${api.url}/swagger.json`)).json()) as OpenApiDocument;
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const bodiesOf = (body: Sendable | undefined): unknown[] =>
    Object.values(body?.content ?? {}).flatMap(({ example, examples }) =>
      examples ? Object.values(examples).map(({ value }) => value) : [example],
    );

  it('sent in the order of the document, give a documented status, and succeed where their id exists', async () => {
    const wrong: string[] = [];
    let sent = 0;
    for (const { name, method, path, operation } of endpointsOf(document)) {
      if (JSON.stringify(operation.responses).includes('text/event-stream')) continue;
      const parameters = operation.parameters ?? [];
      const url = path.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
        encodeURIComponent(String(parameters.find((each) => each.name === key)?.example)),
      );
      const bodies = bodiesOf(operation.requestBody as Sendable | undefined);
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        sent++;
        const answer = await fetch(`${api.url}${url}`, {
          method,
          ...(body === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        await answer.arrayBuffer();
        // Ids of orders, batches and dead letters are made by the shop: the example's id is nobody's.
        const isNobodys = parameters.some(({ in: place, schema }) => place === 'path' && schema?.format === 'uuid');
        const isRight = isNobodys ? answer.status === 404 : answer.ok;
        if (!isRight || !(answer.status in operation.responses)) wrong.push(`${name}: ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(endpointsOf(document).length - 1);
  });
});
