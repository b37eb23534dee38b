import { type ApiClient, createClient } from '@app/client';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app';
import { type TestDatabase, testDatabase } from './database';

/** The API in this process, listening on a free port of the loopback, on a database of its own. */
export interface TestApi {
  app: NestFastifyApplication;
  database: TestDatabase;
  url: string;
  /** As programs of others use it: what it does not have does not compile. */
  client: ApiClient;
  request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Sends JSON. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  patch: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** The body of a GET. */
  json: <T>(path: string) => Promise<T>;
  close: () => Promise<void>;
}

export async function testApi(settings: Record<string, string> = {}): Promise<TestApi> {
  const database = await testDatabase(settings);
  const app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const request = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  const send =
    (method: string) =>
    (path: string, body: unknown, headers: Record<string, string> = {}) =>
      request(path, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
  return {
    app,
    database,
    url,
    client: createClient({ baseUrl: url }),
    request,
    post: send('POST'),
    patch: send('PATCH'),
    json: async <T>(path: string) => (await (await request(path)).json()) as T,
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
