import { isRecord } from '@app/platform';
import { type ProductOptions, type Running, startProduct } from '../lab/product';
import type { RequestKind } from '../load/requests';
import type { Bench, Measurement, Scenario } from '../measurement';
import { measureLoad } from './measure-load';

/** The same load as `place 64`, by a customer who has logged in: the orders are looked at as own ones. */
export const PLACING_WITH_TOKEN = 'place:token 64';
/** The same, and each request is counted. */
export const PLACING_LIMITED = 'place:limited 64';
const UNREACHED_LIMIT = '1000000000/hour';

/** Orders placed over HTTP, on an api that has the machine to itself: workers have their own scenario. */
export const PLACING: readonly Scenario[] = [
  placing('place 64', 'order', 64),
  { name: PLACING_WITH_TOKEN, unit: 'orders', run: (bench) => measureWithToken(bench) },
  { name: PLACING_LIMITED, unit: 'orders', run: (bench) => measureWithToken(bench, UNREACHED_LIMIT) },
  placing('place 256', 'order', 256),
  placing('place:keyed 64', 'order:keyed', 64),
  placing('place:hot 64', 'order:hot', 64),
  placing('place:hot 256', 'order:hot', 256),
  placing('bulk', 'bulk', 4),
];

function placing(name: string, kind: RequestKind, connections: number): Scenario {
  return { name, unit: 'orders', run: (bench) => measurePlacing(bench, { kind, connections }) };
}

export async function measurePlacing(
  bench: Bench,
  load: { kind: RequestKind; connections: number; rate?: number },
): Promise<Measurement> {
  return withApi(bench, {}, (api, databaseUrl) => measureLoad(bench, databaseUrl, [api], { ...load, port: api.port }));
}

function measureWithToken(bench: Bench, rateLimit?: string): Promise<Measurement> {
  return withApi(bench, { rateLimit }, async (api, databaseUrl) => {
    const token = await register(api);
    return measureLoad(bench, databaseUrl, [api], { kind: 'order:token', connections: 64, port: api.port, token });
  });
}

/** Makes the account of a customer, who is logged in at once; gives the access token. */
async function register({ port }: Running): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'customer', password: 'correct horse battery' }),
  });
  const session: unknown = await answer.json();
  if (!isRecord(session) || typeof session.access !== 'string')
    throw new Error(`No account was made: ${answer.status} ${JSON.stringify(session)}`);
  return session.access;
}

async function withApi(
  bench: Bench,
  options: Pick<ProductOptions, 'rateLimit'>,
  measure: (api: Running, databaseUrl: string) => Promise<Measurement>,
): Promise<Measurement> {
  const database = await bench.servers.productDatabase();
  try {
    const { profileDir } = bench;
    const api = await startProduct('api', { databaseUrl: database.url, profileDir, ...options });
    try {
      return await measure(api, database.url);
    } finally {
      await api.stop();
    }
  } finally {
    await database.drop();
  }
}
