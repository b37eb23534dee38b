import { CreateUser } from '@app/identity';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp } from '../support/processes';
import { TESTER } from '../support/principals';
import { addDemoData } from '../support/demo-data';

const ATTEMPTS = 1000;
const ADDRESSES = 20;
/** Requests that the attacker has open at once, as many as a machine of his can. */
const AT_ONCE = 100;
const OWNER = { username: 'owner', password: 'the password of the owner' };
/** PRINT_FIGURES=1 measures for longer, and prints what those who place orders felt. */
const PRINT_FIGURES = Boolean(process.env.PRINT_FIGURES);

/** Behind a proxy that is trusted, so that the requests of one machine come from many addresses. */
describe('a thousand wrong logins for one account from twenty addresses', () => {
  let database: TestDatabase;
  let api: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    await addDemoData(app);
    await app.get(CreateUser).execute({ ...OWNER, email: null, role: 'manager' }, { principal: TESTER });
    await app.close();
    api = await startApp('api', { DATABASE_URL: database.url, TRUST_PROXY: 'loopback' });
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const logIn = async (password: string, address: string): Promise<number> => {
    const answer = await fetch(`${api.url}/api/v1/auth/login/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ username: OWNER.username, password }),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  /** Sends wrong passwords until there were enough of them and `isOver` says so. */
  const attack = async (isOver: () => boolean) => {
    const statuses: number[] = [];
    let next = 0;
    const client = async () => {
      for (let attempt = next++; attempt < ATTEMPTS || !isOver(); attempt = next++)
        statuses.push(await logIn(`guess ${attempt}`, `198.51.100.${attempt % ADDRESSES}`));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    return statuses;
  };
  const place = async () => {
    const begun = performance.now();
    const answer = await fetch(`${api.url}/api/v1/orders/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        customer_name: 'Ada',
        customer_email: 'ada@example.com',
        items: [{ product_id: 1, quantity: 1 }],
      }),
    });
    await answer.arrayBuffer();
    return { status: answer.status, ms: performance.now() - begun };
  };

  it('are all refused; meanwhile the owner logs in from elsewhere, and orders are placed', async () => {
    let isOver = false;
    const attacking = attack(() => isOver);
    const owner: number[] = [];
    const orders: number[] = [];
    for (let round = 0; round < 5; round++) {
      owner.push(await logIn(OWNER.password, '203.0.113.9'));
      orders.push((await place()).status);
    }
    isOver = true;
    const refused = await attacking;
    expect(owner).toEqual(Array(5).fill(200));
    expect(orders).toEqual(Array(5).fill(201));
    expect(refused.length).toBeGreaterThanOrEqual(ATTEMPTS);
    // Wrong, paused, or more at once than this address may send.
    expect([...new Set(refused)].filter((status) => ![401, 429, 503].includes(status))).toEqual([]);
    expect(new Set(refused)).toContain(429);
    // Of a thousand guesses from one address, about one in a pause was looked at.
    const [counted] = await database.query<{ failures: number }>(
      'select max(failures) as failures from identity.login_attempts',
    );
    expect(counted!.failures).toBeLessThan(ATTEMPTS / ADDRESSES);
    // Not even the right password gets in from an address that has to wait.
    expect([401, 429]).toContain(await logIn('wrong', '198.51.100.1'));
    expect(await logIn(OWNER.password, '203.0.113.9')).toBe(200);
  }, 120_000);

  // Figures for a person; nothing is asserted of times.
  if (PRINT_FIGURES)
    it('are felt little by others', async () => {
      const measure = async (ms: number) => {
        const end = performance.now() + ms;
        const durations: number[] = [];
        const client = async () => {
          while (performance.now() < end) durations.push((await place()).ms);
        };
        await Promise.all(Array.from({ length: 4 }, client));
        durations.sort((a, b) => a - b);
        return { orders: durations.length, p99Ms: durations[Math.ceil(durations.length * 0.99) - 1]! };
      };
      await measure(2000);
      for (let round = 0; round < 3; round++) {
        const before = await measure(5000);
        let isOver = false;
        const attacking = attack(() => isOver);
        const during = await measure(5000);
        isOver = true;
        await attacking;
        const ratio = (during.p99Ms / before.p99Ms).toFixed(2);
        process.stderr.write(
          `p99 of an order ${before.p99Ms.toFixed(1)} → ${during.p99Ms.toFixed(1)} ms (${ratio} ×), orders ${before.orders} → ${during.orders}\n`,
        );
      }
    }, 120_000);
});
