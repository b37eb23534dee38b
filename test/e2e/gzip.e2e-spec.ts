import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type TestApi, testApi } from '../support/api';
import { addDemoData } from '../support/demo-data';

interface Answer {
  status: number;
  encoding: string | undefined;
  vary: string | undefined;
  length: string | undefined;
  body: Buffer;
}

describe('compressed answers', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await testApi();
    await addDemoData(api.app);
  });
  afterAll(async () => {
    await api?.close();
  });

  /** fetch would take the answer apart by itself. */
  const get = (path: string, headers: Record<string, string> = { 'accept-encoding': 'gzip' }) =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request(`${api.url}${path}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            encoding: response.headers['content-encoding'],
            vary: response.headers.vary,
            length: response.headers['content-length'],
            body: Buffer.concat(chunks),
          }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });

  it.each([
    '/api/v1/products/?page_size=50',
    '/api/v1/inventory/?page_size=50',
    '/swagger.json',
    '/swagger.yaml',
    '/swagger/swagger-ui-bundle.js',
    '/redoc/redoc.standalone.js',
    '/metrics',
  ])('%s is less than half of its size, and the same', async (path) => {
    for (const _ of ['compressed', 'from what was compressed before']) {
      const [packed, plain] = [await get(path), await get(path, {})];
      expect([packed.status, packed.encoding, packed.vary]).toEqual([
        200,
        'gzip',
        expect.stringContaining('accept-encoding'),
      ]);
      expect([plain.encoding, plain.vary]).toEqual([undefined, expect.stringContaining('accept-encoding')]);
      if (path !== '/metrics') expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
      expect(packed.body.length).toBeLessThan(plain.body.length / 2);
      if (packed.length) expect(Number(packed.length)).toBe(packed.body.length);
    }
  });

  it.each(['/health/live', '/api/v1/inventory/summary/', '/api/v1/products/1/'])(
    '%s is sent as it is',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 200, encoding: undefined });
    },
  );

  it.each(['identity', 'gzip;q=0', 'br'])('a client that takes %s is given plain bytes', async (accepted) => {
    const { encoding, body } = await get('/swagger.json', { 'accept-encoding': accepted });
    expect(encoding).toBeUndefined();
    expect(JSON.parse(body.toString())).toMatchObject({ openapi: '3.1.0' });
  });

  it('leaves the stream of events as it is', async () => {
    const begun = await new Promise<string | undefined>((resolve, reject) => {
      const sent = request(
        `${api.url}/api/v1/orders/stream/`,
        { headers: { 'accept-encoding': 'gzip' } },
        (response) => {
          response.once('data', (chunk: Buffer) => {
            resolve(`${response.headers['content-encoding']} ${chunk.toString()}`);
            sent.destroy();
          });
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(begun).toMatch(/^undefined retry: \d+\nid: /);
  });
});
