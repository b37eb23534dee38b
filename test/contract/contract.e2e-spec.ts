import { createHash, randomInt } from 'node:crypto';
import { RunStatus } from '@app/simulation';
import * as fc from 'fast-check';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { DataSource } from 'typeorm';
import { type TestApi, testApi } from '../support/api';
import { verifyInvariants } from '../support/invariants';
import { type SimulationStores, simulationStores } from '../support/simulation';
import {
  BAD_HEADER_VALUES,
  BAD_JSON_VALUES,
  BAD_PATH_SEGMENTS,
  BAD_QUERIES,
  BAD_QUERY_VALUES,
  badBodies,
} from './bad-values';
import {
  Contract,
  type Endpoint,
  endpointsOf,
  isOpen,
  type Parameter,
  readDocument,
  resolve,
  type Schema,
} from './contract';
import { describeSending, type Received, type Sending, Wire } from './exchange';
import { faultsOf, problemFaults } from './judge';
import { openShop } from './shop';
import { KnownIds, toSending, validWish } from './wishes';

const SEED = process.env.CONTRACT_SEED ? Number(process.env.CONTRACT_SEED) : randomInt(2 ** 31);
const RUNS = Number(process.env.CONTRACT_RUNS ?? 25);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const JSON_TYPE = { 'content-type': 'application/json' };
/** What a schema does not say: rules between fields, and about rows elsewhere. */
const RULES_BETWEEN_FIELDS = [
  /Give at least one field to change/,
  /(User|Product) does not exist: \d+/,
  /Must not be greater than maximum_capacity/,
  /Must have a row/,
  /rows in all/,
  /Pages reach the first 10000 rows/,
];

const document = readDocument();
const all = endpointsOf(document);
/** A stream has no end to wait for. What takes things away comes last. */
const endpoints = all
  .filter(({ operation }) => !JSON.stringify(operation.responses).includes('text/event-stream'))
  .sort((left, right) => Number(left.method === 'DELETE') - Number(right.method === 'DELETE'));
/** Which operation a URL is of, found by the router that the API uses as well. */
const routes = findMyWay();
for (const { method, path } of all)
  routes.on(method as HTTPMethod, path.replaceAll(/\{(\w+)\}/g, ':$1'), () => undefined);
const idNames = new Set(all.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)));
const named = (some: Endpoint[]) => some.map((endpoint) => [endpoint.name, endpoint] as const);
const withBody = endpoints.filter(({ operation }) => operation.requestBody);

/**
 * Everything that the document says is asked of the running API, and much that it does not allow. Repeat a run with its
 * CONTRACT_SEED; CONTRACT_RUNS sets how many valid requests each operation gets.
 */
describe(`the contract (CONTRACT_SEED=${SEED})`, () => {
  const contract = new Contract(document, { closed: true });
  const known = new KnownIds();
  let api: TestApi;
  let stores: SimulationStores;
  let wire: Wire;

  beforeAll(async () => {
    stores = await simulationStores();
    await stores.fill(50);
    api = await testApi(stores.environment);
    wire = new Wire(api.url);
    for (const thing of await openShop(api, 2 * RUNS)) known.learn(thing, idNames);
  }, 120_000);
  afterAll(async () => {
    wire?.close();
    await api?.close();
    await stores?.drop();
  });

  /** Sends it and fails when the answer is not one that the document allows. */
  const ask = async (endpoint: Endpoint, sending: Sending): Promise<Received> => {
    // There is no worker, and only so many may wait.
    if (endpoint.name === 'POST /api/v1/simulations/')
      await api.database.query(`delete from simulation_runs.runs where status = '${RunStatus.queued}'`);
    const received = await wire.send(sending);
    expectNoFaults(faultsOf(contract, endpoint, sending, received), sending);
    return received;
  };
  const expectRefused = async (endpoint: Endpoint, sending: Sending, what: string) => {
    const received = await ask(endpoint, sending);
    if (received.status < 400) throw new Error(`took ${what}: ${received.status} for ${describeSending(sending)}`);
  };
  const rows = async () =>
    (
      await api.database.query(
        `select (select count(*) from orders.orders) as orders, (select count(*) from products.products) as products,
                (select count(*) from inventory.stock_movements) as movements,
                (select count(*) from orders.idempotency_keys) as keys`,
      )
    )[0];

  it('is about the document that this API serves', async () => {
    expect(await (await api.request('/swagger.json')).json()).toEqual(document);
  });

  describe.each(named(endpoints))('%s', (_, endpoint) => {
    it('does what it says for whatever its schemas allow', async () => {
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(validWish(endpoint, document), async (wish) => {
          const sending = toSending(endpoint, wish, known);
          const received = await ask(endpoint, sending);
          if (received.status < 300) {
            accepted++;
            if (received.headers['content-type']?.startsWith('application/json'))
              known.learn(JSON.parse(received.text), idNames);
          }
          expectNoFaults(looseSchemaFaults(received), sending);
        }),
        { seed: seedOf(endpoint), numRuns: RUNS, endOnFailure: true },
      );
      // Else the requests were not as valid as they seem.
      if (isOpen(endpoint)) expect(accepted).toBeGreaterThan(0);
    });

    it('answers no method but those that it names', async () => {
      const path = exampleUrl(endpoint);
      const names = all.filter(({ path: other }) => other === endpoint.path).map(({ method }) => method);
      // The URL may be one of another operation too: /orders/statistics/ could be an order.
      for (const method of METHODS.filter((each) => routes.find(each, path) === null)) {
        const sending = { method, url: path, headers: {} };
        const received = await wire.send(sending);
        expectNoFaults(problemFaults(sending, received, received.headers['content-type']?.split(';')[0]), sending);
        expect([received.status, received.headers.allow?.split(', ')]).toEqual([405, expect.arrayContaining(names)]);
      }
    });
  });

  describe.each(named(endpoints.filter(({ method }) => method === 'GET')))('HEAD of %s', (_, endpoint) => {
    it('is as GET, without a body', async () => {
      const sending = { url: exampleUrl(endpoint), headers: {} };
      const get = await wire.send({ ...sending, method: 'GET' });
      const head = await wire.send({ ...sending, method: 'HEAD' });
      expect([head.status, head.text]).toEqual([get.status, '']);
    });
  });

  describe.each(named(withBody))('%s', (_, endpoint) => {
    const media = endpoint.operation.requestBody!.content['application/json']!;
    const pointer = `${endpoint.pointer}/requestBody/content/application~1json/schema`;
    const bodyOf = (text: string): Sending => ({
      method: endpoint.method,
      url: exampleUrl(endpoint),
      headers: JSON_TYPE,
      body: text,
    });

    it('refuses bodies that are no body of its own, and writes nothing', async () => {
      const before = await rows();
      for (const { what, body, contentType = 'application/json', headers } of badBodies(
        JSON.stringify(media.example),
      )) {
        const sending = {
          ...bodyOf(''),
          body,
          headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) },
        };
        if (what === 'nothing' && endpoint.operation.requestBody!.required === false) await ask(endpoint, sending);
        else await expectRefused(endpoint, sending, what);
      }
      expect(await rows()).toEqual(before);
    });

    it('refuses every unusual value in every field unless its schema allows it', async () => {
      for (const body of bodiesWithBadFields(media.example, media.schema!)) {
        const isAllowed = contract.errors(pointer, JSON.parse(body)).length === 0;
        if (isAllowed) await ask(endpoint, bodyOf(body));
        else await expectRefused(endpoint, bodyOf(body), 'what its schema does not allow');
      }
    });

    it('refuses any JSON that its schema does not allow', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), fc.nat(), async (value, index) => {
          const places = fieldsOf(media.schema!);
          const example = structuredClone(media.example) as Record<string, unknown>;
          const body =
            places.length > 0
              ? JSON.stringify(put(example, places[index % places.length]!, value))
              : JSON.stringify(value);
          const isAllowed = contract.errors(pointer, JSON.parse(body)).length === 0;
          if (isAllowed) await ask(endpoint, bodyOf(body));
          else await expectRefused(endpoint, bodyOf(body), 'what its schema does not allow');
        }),
        { seed: seedOf(endpoint), numRuns: 2 * RUNS, endOnFailure: true },
      );
    });
  });

  const withPath = endpoints.filter(({ path }) => path.includes('{'));
  it.each(named(withPath))('%s refuses bad paths', async (_, endpoint) => {
    // Clients of the simple form name their orders themselves, by any text: one of the requests before may have.
    const orders = await api.database.query<{ name: string }>(
      'select external_reference as name from orders.orders where external_reference = any($1)',
      [BAD_PATH_SEGMENTS],
    );
    const names = orders.map(({ name }) => name);
    for (const segment of BAD_PATH_SEGMENTS.filter((bad) => !names.includes(bad))) {
      const url = endpoint.path.replace(/\{\w+\}/, segment);
      const body = endpoint.operation.requestBody?.content['application/json']?.example;
      const sending: Sending = {
        method: endpoint.method,
        url,
        headers: body === undefined ? {} : JSON_TYPE,
        body: body === undefined ? undefined : JSON.stringify(body),
      };
      const received = await wire.send(sending);
      expectNoFaults(problemFaults(sending, received, received.headers['content-type']?.split(';')[0]), sending);
      expect([400, 404, 414, ...(isOpen(endpoint) ? [] : [401])]).toContain(received.status);
    }
  });

  const parametersIn = (place: Parameter['in']) =>
    endpoints.flatMap((endpoint) =>
      (endpoint.operation.parameters ?? [])
        .filter((parameter) => parameter.in === place)
        .map((parameter) => [endpoint.name, parameter.name, endpoint, parameter] as const),
    );

  it.each(parametersIn('query'))('%s refuses what is no %s', async (_, name, endpoint, parameter) => {
    for (const value of BAD_QUERY_VALUES) {
      const sending = { method: endpoint.method, url: `${exampleUrl(endpoint)}?${name}=${value}`, headers: {} };
      if (isTyped(parameter.schema!) && !isOf(parameter.schema!, value)) await expectRefused(endpoint, sending, value);
      else await ask(endpoint, sending);
    }
  });

  const withQuery = endpoints.filter(({ operation }) => operation.parameters?.some((each) => each.in === 'query'));
  it.each(named(withQuery))('%s refuses queries that it does not know', async (_, endpoint) => {
    for (const query of BAD_QUERIES) {
      const isKnown = query.includes('cursor') ? !hasParameter(endpoint, 'cursor') : false;
      if (!isKnown)
        await expectRefused(
          endpoint,
          { method: endpoint.method, url: `${exampleUrl(endpoint)}?${query}`, headers: {} },
          query,
        );
    }
  });

  it.each(parametersIn('header'))('%s refuses what is no %s', async (_, name, endpoint, { schema }) => {
    for (const value of BAD_HEADER_VALUES) {
      const body = endpoint.operation.requestBody?.content['application/json']?.example;
      const sending: Sending = {
        method: endpoint.method,
        url: exampleUrl(endpoint),
        headers: { ...(body === undefined ? {} : JSON_TYPE), [name]: Buffer.from(value).toString('latin1') },
        body: body === undefined ? undefined : JSON.stringify(body),
      };
      if (schema?.pattern && !new RegExp(schema.pattern, 'u').test(value.trim()))
        await expectRefused(endpoint, sending, `${name}: ${value}`);
      else await ask(endpoint, sending);
    }
  });

  it('answers a problem for paths that lead nowhere', async () => {
    const tooLong = `/${'x'.repeat(5000)}`;
    for (const url of [
      '/api/',
      '/api/v1/nothing/',
      '/api/v1/orders/a/b/c',
      '/%zz',
      '/%00',
      '/..%2f',
      '//api',
      tooLong,
    ]) {
      const sending = { method: 'GET', url, headers: {} };
      const received = await wire.send(sending);
      expectNoFaults(problemFaults(sending, received, received.headers['content-type']?.split(';')[0]), sending);
      expect([400, 404, 414]).toContain(received.status);
    }
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a method that does not exist', 'BREW /health/live HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a NUL in the path', 'GET /health/\u0000 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a header without a name', 'GET /health/live HTTP/1.1\r\n: a\r\n\r\n', 400],
    ['two lengths', 'GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['headers of 20 kB', `GET /health/live HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers a problem to %s', async (_, bytes, status) => {
    const answer = await wire.sendBytes(bytes);
    const [head, body] = answer.split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*Content-Type: application/problem\\+json`, 'is'));
    expect(JSON.parse(body)).toMatchObject({ status, request_id: /X-Request-Id: (.+)/i.exec(head)![1]!.trim() });
  });

  it('leaves every invariant of the database intact', async () => {
    // No worker runs that would take the events away.
    await api.database.query('update messaging.outbox set published_at = now() where published_at is null');
    const source: DataSource = await api.database.open();
    const broken = (await verifyInvariants(source)).filter(({ holds }) => !holds);
    expect(broken).toEqual([]);
  });
});

/** Another one for each operation: with the same one, what is discarded by one wish is what the next one asks for. */
function seedOf({ name }: Endpoint): number {
  return createHash('sha256').update(`${SEED} ${name}`).digest().readInt32BE();
}

function expectNoFaults(faults: string[], sending: Sending): void {
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${describeSending(sending)}`);
}

/** A schema that allows what the server then finds invalid says too little. */
function looseSchemaFaults({ status, text }: Received): string[] {
  if (status !== 400) return [];
  const { code, errors = [] } = JSON.parse(text) as { code: string; errors?: { field: string; message: string }[] };
  if (code !== 'VALIDATION_FAILED') return [];
  return errors
    .filter(({ message }) => !RULES_BETWEEN_FIELDS.some((rule) => rule.test(message)))
    .map(({ field, message }) => `the schema allows what the server refuses: ${field}: ${message}`);
}

/** The URL of an operation as its examples have it. */
function exampleUrl({ path, operation }: Endpoint): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(operation.parameters?.find((parameter) => parameter.name === name)?.example),
  );
}

function hasParameter({ operation }: Endpoint, name: string): boolean {
  return operation.parameters?.some((parameter) => parameter.name === name) ?? false;
}

/** The places of a body: `['items', 0, 'quantity']`. */
function fieldsOf(schema: Schema, at: (string | number)[] = []): (string | number)[][] {
  const { properties, items } = resolve(schema, document);
  if (properties)
    return Object.entries(properties).flatMap(([name, property]) => [
      [...at, name],
      ...fieldsOf(property, [...at, name]),
    ]);
  return items ? [[...at, 0], ...fieldsOf(items, [...at, 0])] : [];
}

/** The value with another one in one of its places; what is missing on the way there is made. */
function put(value: unknown, [key, ...rest]: (string | number)[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = (typeof key === 'number' ? [...((value as unknown[]) ?? [])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = put(copy[key], rest, replacement);
  return copy;
}

function* bodiesWithBadFields(example: unknown, schema: Schema): Generator<string> {
  const MARK = 'the place of the bad value';
  for (const place of fieldsOf(schema)) {
    const marked = JSON.stringify(put(example, place, MARK));
    for (const value of BAD_JSON_VALUES) yield marked.replace(JSON.stringify(MARK), () => value);
  }
}

function isTyped({ type, enum: options }: Schema): boolean {
  return type === 'integer' || type === 'boolean' || options !== undefined;
}

function isOf({ type, enum: options, minimum = -Infinity, maximum = Infinity }: Schema, value: string): boolean {
  if (options) return options.includes(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  return /^-?\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
}
