import { DeadLettersRepository } from '@app/messaging';
import { type TestApi, testApi } from '../support/api';
import { addDemoShop } from '../support/demo-data';
import { type SimulationStores, simulationStores } from '../support/simulation';
import { type Endpoint, endpointsOf, isOpen, type OpenApiDocument } from './contract';

interface Sendable {
  content?: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
}

/** What a dead letter holds, as the document shows it. */
interface DeadLetterExample {
  queue: string;
  type: string;
  code: string;
  reason: string;
  attempts: number;
  envelope: object;
}

/**
 * What a generated client does first: it sends what the document gives as an example, to a shop with the demo data. In that shop
 * nothing failed, since an open dead letter rings: those of the examples are put there first.
 */
describe('the examples of the document', () => {
  let api: TestApi;
  let stores: SimulationStores;
  let document: OpenApiDocument;

  beforeAll(async () => {
    stores = await simulationStores();
    api = await testApi(stores.environment);
    await addDemoShop(api.app);
    document = await api.json<OpenApiDocument>('/swagger.json');
    await keepDeadLetters();
  });
  afterAll(async () => {
    await api?.close();
    await stores?.drop();
  });

  const pathOf = ({ path, operation }: Endpoint) =>
    path.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(String(operation.parameters?.find(({ name }) => name === key)?.example)),
    );
  /** Each dead letter that an example asks for, with what the document shows in it. */
  const keepDeadLetters = async () => {
    const endpoints = endpointsOf(document).filter(({ path }) => path.startsWith('/api/v1/dead_letters/{id}/'));
    const shown = endpoints.find(({ method }) => method === 'GET')!.operation.responses['200']!.content;
    const { queue, type, code, reason, attempts, envelope } = shown!['application/json']!.example as DeadLetterExample;
    const ids = new Set(endpoints.map((endpoint) => pathOf(endpoint).split('/')[4]!));
    expect(ids.size).toBe(2);
    for (const id of ids) {
      const letter = { id, queue, type, code, reason, attempts, envelope: { ...envelope, id } };
      await api.app.get(DeadLettersRepository, { strict: false }).keep(letter);
    }
  };
  /** What the document says of a request as it is sent: the simplest success, or that of a dry run. */
  const successOf = (responses: object, body: unknown) => {
    const successes = ['201', '202', '200', '204'].filter((status) => status in responses);
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
    for (const endpoint of endpointsOf(document)) {
      const { name, method, operation } = endpoint;
      const bodies = bodiesOf(operation.requestBody as Sendable | undefined);
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        sent++;
        const answer = await fetch(`${api.url}${pathOf(endpoint)}`, {
          method,
          ...(body === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        // A stream has no end, and has said its status with its first byte.
        if (answer.headers.get('content-type')?.startsWith('text/event-stream')) await answer.body!.cancel();
        else await answer.arrayBuffer();
        // There is no run of a simulation in that shop; the document says so of its example.
        const isNobodys = operation.parameters?.some(
          (each) => each.in === 'path' && each.description?.includes('nobody’s'),
        );
        // Nobody has logged in here.
        const expected = !isOpen(endpoint) ? 401 : isNobodys ? 404 : successOf(operation.responses, body);
        if (answer.status !== expected) wrong.push(`${name}: ${answer.status} instead of ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(endpointsOf(document).length);
  });
});
