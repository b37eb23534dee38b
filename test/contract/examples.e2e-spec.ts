import { type TestApi, testApi } from '../support/api';
import { addDemoShop } from '../support/demo-data';
import { endpointsOf, type OpenApiDocument } from './contract';

interface Sendable {
  content?: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
}

/** What a generated client does first: it sends what the document gives as an example, to a shop with the demo data. */
describe('the examples of the document', () => {
  let api: TestApi;
  let document: OpenApiDocument;

  beforeAll(async () => {
    api = await testApi();
    await addDemoShop(api.app);
    document = await api.json<OpenApiDocument>('/swagger.json');
  });
  afterAll(async () => {
    await api?.close();
  });

  /** What the document says of a request as it is sent: the simplest success, or that of a dry run. */
  const successOf = (responses: object, body: unknown) => {
    const successes = ['201', '200', '204'].filter((status) => status in responses);
    const isDry = (body as { dry_run?: boolean } | undefined)?.dry_run === true;
    return Number(successes.includes('200') && isDry ? '200' : successes[0]);
  };
  const bodiesOf = (body: Sendable | undefined): unknown[] =>
    Object.values(body?.content ?? {}).flatMap(({ example, examples }) =>
      examples ? Object.values(examples).map(({ value }) => value) : [example],
    );

  it('sent in the order of the document, each give the first status that the document says', async () => {
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
        // In a shop in which nothing went wrong there is no dead letter; the document says so of its example.
        const isNobodys = path.includes('/dead_letters/{');
        const expected = isNobodys ? 404 : successOf(operation.responses, body);
        if (answer.status !== expected) wrong.push(`${name}: ${answer.status} instead of ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(endpointsOf(document).length - 1);
  });
});
