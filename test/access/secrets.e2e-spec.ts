import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CreateUser } from '@app/identity';
import { TESTER } from '../support/principals';
import { runProgram } from '../support/cli';
import { type TestDatabase, testDatabase } from '../support/database';
import { contexts } from '../support/contexts';
import { addDemoData } from '../support/demo-data';
import { type RunningApp, startApp, until } from '../support/processes';

const PASSWORD = 'canary-password-5b1f';
const WRONG = 'canary-wrong-password-77aa';
const NEXT = 'canary-next-password-93cc';
const ADMIN = 'canary-password-of-an-administrator-1f8a';
const MADE = 'canary-password-of-somebody-made-c04d';
const SECRET_KEY = 'canary-secret-key-of-this-run-0d4e';

/** Real processes at the most talkative level: whatever they write is searched. */
describe('secrets', () => {
  let database: TestDatabase;
  let running: RunningApp[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-secrets-'));

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    await addDemoData(app);
    const admin = { username: 'admin', password: ADMIN, email: null, role: 'admin' } as const;
    await app.get(CreateUser).execute(admin, { principal: TESTER });
    await app.close();
    const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'trace', SECRET_KEY };
    running = await Promise.all([startApp('api', environment), startApp('worker', environment)]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(running.map((app) => app.stop()));
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  it('are in nothing that the processes write: lines, answers, jobs, events, rows and backups', async () => {
    const [api] = running as [RunningApp, RunningApp];
    const said: string[] = [];
    const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${api.url}${path}`, {
        method,
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, text, json: text ? (JSON.parse(text) as Record<string, string>) : {} };
    };
    const registered = await send('POST', '/api/v1/auth/register/', { username: 'canary', password: PASSWORD });
    expect(registered.status).toBe(201);
    const bearer = { authorization: `Bearer ${registered.json.access}` };
    said.push((await send('POST', '/api/v1/auth/login/', { username: 'canary', password: WRONG })).text);
    said.push(
      (await send('POST', '/api/v1/auth/login/', { username: 'canary', password: WRONG, extra: PASSWORD })).text,
    );
    said.push((await send('POST', '/api/v1/auth/refresh/', { refresh: `${registered.json.refresh}x` })).text);
    said.push((await send('GET', '/api/v1/users/', undefined, bearer)).text);
    said.push(
      (await send('GET', '/api/v1/orders/', undefined, { authorization: `Bearer ${registered.json.access}x` })).text,
    );
    const wanted = { name: 'k', permissions: ['orders:own'] };
    const made = await send('POST', '/api/v1/api-keys/', wanted, { ...bearer, 'idempotency-key': 'canary-1' });
    const again = await send('POST', '/api/v1/api-keys/', wanted, { ...bearer, 'idempotency-key': 'canary-1' });
    expect([made.status, again.status, again.text]).toEqual([201, 201, made.text]);
    const administrator = await send('POST', '/api/v1/auth/login/', { username: 'admin', password: ADMIN });
    expect(administrator.status).toBe(200);
    const person = { username: 'made', password: MADE, role: 'viewer' };
    const adminBearer = { authorization: `Bearer ${administrator.json.access}`, 'idempotency-key': 'canary-2' };
    const created = await send('POST', '/api/v1/users/', person, adminBearer);
    expect(created.status).toBe(201);
    said.push(created.text);
    // What is refused must not be told back or kept either.
    const refused = { ...person, password: `${MADE} `.repeat(20) };
    said.push((await send('POST', '/api/v1/users/', refused, { ...adminBearer, 'idempotency-key': 'canary-3' })).text);
    said.push((await send('GET', `/api/v1/orders/?search=x`, undefined, { 'x-api-key': `${made.json.key}x` })).text);
    const key = { 'x-api-key': made.json.key! };
    const order = { customer_name: 'C', customer_email: 'c@example.com', items: [{ product_id: 1, quantity: 1 }] };
    const placed = await send('POST', '/api/v1/orders/', order, { ...key, 'idempotency-key': 'k' });
    expect(placed.status).toBe(201);
    said.push((await send('GET', '/api/v1/api-keys/', undefined, bearer)).text);
    const change = { current_password: PASSWORD, new_password: NEXT };
    expect(
      (await send('POST', '/api/v1/auth/password/', change, { ...bearer, 'idempotency-key': 'canary-4' })).status,
    ).toBe(204);
    await until(async () => {
      const { json } = await send('GET', `/api/v1/orders/${placed.json.order_id}/`, undefined, key);
      return json.status === 'delivered';
    });
    const backup = join(folder, 'backup.sql.gz');
    const listing = await runProgram(process.execPath, ['dist/apps/cli/src/main.js', 'backup', backup], {
      DATABASE_URL: database.url,
      SECRET_KEY,
    });
    expect(listing.code).toBe(0);
    const rows = await database.query<{ text: string }>(
      `select query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text as text
         from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const written = {
      lines: running.map((app) => app.output()).join('\n'),
      answers: said.join('\n'),
      rows: rows.map(({ text }) => text).join('\n'),
      backup: listing.output + gunzipSync(readFileSync(backup)).toString(),
    };
    expect(written.lines).toContain('security.event');
    const secrets = {
      PASSWORD,
      WRONG,
      NEXT,
      ADMIN,
      MADE,
      SECRET_KEY,
      'access token': registered.json.access!,
      'signature of the access token': registered.json.access!.split('.')[2]!,
      'refresh token': registered.json.refresh!.slice(4),
      'API key': made.json.key!.slice(12),
    };
    for (const [place, text] of Object.entries(written))
      for (const [name, secret] of Object.entries(secrets))
        expect([place, name, text.includes(secret)]).toEqual([place, name, false]);
  }, 120_000);
});
