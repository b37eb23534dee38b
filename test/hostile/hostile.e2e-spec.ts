import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp } from '../support/processes';
import { HOSTILE_CLIENTS, type HostileClient } from './clients';

/** What held the process for two seconds to two minutes is answered in parts of one; the bound leaves room for a busy machine. */
const LIVE_MS_MAX = 1500;

describe('beside one hostile client', () => {
  let database: TestDatabase;
  let api: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    api = await startApp('api', { DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it.each(HOSTILE_CLIENTS.map((client): [string, HostileClient] => [client.does, client]))(
    'that %s, the process stays alive, and the client is refused',
    async (_, client) => {
      const body = client.body();
      let isOver = false;
      let longestMs = 0;
      const watching = (async () => {
        while (!isOver) {
          const begun = performance.now();
          const live = await fetch(`${api.url}/health/live`);
          longestMs = Math.max(longestMs, performance.now() - begun);
          expect(live.status).toBe(200);
        }
      })();
      const response = await fetch(`${api.url}${client.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const problem = (await response.json()) as { errors?: { code: string }[] };
      isOver = true;
      await watching;
      if (process.env.PRINT_FIGURES) process.stdout.write(`${client.does}: live max ${Math.round(longestMs)} ms\n`);
      expect([response.status, problem.errors?.[0]?.code]).toEqual([client.status, client.code]);
      expect(longestMs).toBeLessThan(LIVE_MS_MAX);
    },
  );
});
