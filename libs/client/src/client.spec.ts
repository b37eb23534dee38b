import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, dataOf, everyItem, type Order, type Page, ProblemError } from './index';

describe('the client', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  const clientOf = async (listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return createClient({ baseUrl: `http://127.0.0.1:${port}`, headers: { 'x-request-id': 'shop-1' } });
  };

  it('fills in paths, repeats filters, and sends bodies and headers', async () => {
    const seen: string[] = [];
    const client = await clientOf((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers['x-request-id']?.toString()} ${body}`);
        response.setHeader('content-type', 'application/json').end('{}');
      });
    });
    await client.GET('/api/v1/orders/', { params: { query: { status: ['pending', 'shipped'], page_size: 5 } } });
    await client.POST('/api/v1/orders/{order_id}/cancel/', {
      params: { path: { order_id: 'a/b' } },
      body: { reason: 'why' },
    });
    expect(seen).toEqual([
      'GET /api/v1/orders/?status=pending&status=shipped&page_size=5 shop-1 ',
      'POST /api/v1/orders/a%2Fb/cancel/ shop-1 {"reason":"why"}',
    ]);
  });

  it('throws the problem of a refusal, and says so when something else answered', async () => {
    const problem = { code: 'ORDER_NOT_FOUND', detail: 'Order x does not exist.' };
    const client = await clientOf((request, response) => {
      response.statusCode = request.url === '/health/' ? 502 : 404;
      response.setHeader('content-type', 'application/problem+json');
      response.end(request.url === '/health/' ? '<html>Bad Gateway</html>' : JSON.stringify(problem));
    });
    const params = { params: { path: { order_id: 'x' } } };
    await expect(dataOf(client.GET('/api/v1/orders/{order_id}/', params))).rejects.toEqual(
      new ProblemError(404, problem as ProblemError['problem']),
    );
    await expect(dataOf(client.GET('/health/'))).rejects.toMatchObject({ status: 502, problem: undefined });
  });

  it('walks through every page of a list', async () => {
    const asked: (string | undefined)[] = [];
    const page = (results: string[], next: string | null): Page<string> => ({
      count: 3,
      count_is_capped: false,
      next: next && `http://elsewhere.example/list/?cursor=${next}`,
      previous: null,
      results,
    });
    const pages = new Map([
      [undefined, page(['a', 'b'], 'c2')],
      ['c2', page(['c'], null)],
    ]);
    const items = everyItem((cursor) => {
      asked.push(cursor);
      return Promise.resolve(pages.get(cursor)!);
    });
    const found: string[] = [];
    for await (const item of items) found.push(item);
    expect([found, asked]).toEqual([
      ['a', 'b', 'c'],
      [undefined, 'c2'],
    ]);
  });

  it('is checked by the compiler', () => {
    const client = createClient({ baseUrl: 'http://localhost' });
    const misuses = () => [
      // @ts-expect-error no such path
      client.GET('/api/v1/nothing/'),
      // @ts-expect-error no such status
      client.GET('/api/v1/orders/', { params: { query: { status: ['lost'] } } }),
      // @ts-expect-error items are missing
      client.POST('/api/v1/orders/', { body: { customer_name: 'A', customer_email: 'a@example.com' } }),
    ];
    // @ts-expect-error a version is a number
    const misread = (order: Order): string => order.version;
    expect([misuses, misread]).toHaveLength(2);
  });
});
