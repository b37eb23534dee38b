import { randomUUID } from 'node:crypto';
import { Principal, Transactions } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

const ADA = Principal.user({ id: 'ada', name: 'Ada' });
const BOB = Principal.user({ id: 'bob', name: 'Bob' });
const NOBODY = Principal.anonymous();

describe('the key of a write', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let keys: IdempotencyKeysRepository;
  let transactions: Transactions<'orders'>;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    keys = app.get(IdempotencyKeysRepository);
    transactions = app.get(Transactions);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const write = (principal: Principal, key: string) =>
    transactions.run(async (tx) => {
      const request = { principal, key, fingerprint: 'body' };
      const earlier = await keys.claim(tx, request);
      if (!earlier) await keys.store(tx, request, { status: 200, headers: {}, body: `for ${principal.text}` });
      return earlier?.body;
    });

  it('gives each principal its own reply', async () => {
    const key = randomUUID();
    for (const principal of [ADA, BOB, NOBODY]) expect(await write(principal, key)).toBeUndefined();
    for (const principal of [ADA, BOB, NOBODY]) expect(await write(principal, key)).toBe(`for ${principal.text}`);
  });

  it('is claimed by two principals at the same time, and by one only once', async () => {
    const key = randomUUID();
    const inUse = expect.objectContaining({ code: 'IDEMPOTENCY_KEY_IN_USE' }) as unknown;
    await transactions.run(async (tx) => {
      for (const principal of [ADA, NOBODY]) await keys.claim(tx, { principal, key, fingerprint: 'body' });
      for (const principal of [ADA, NOBODY]) await expect(write(principal, key)).rejects.toEqual(inUse);
      expect(await write(BOB, key)).toBeUndefined();
    });
  });

  it('finds the replies that were stored before there were callers', async () => {
    const key = randomUUID();
    await database.query(
      `insert into orders.idempotency_keys (key, fingerprint, status, headers, reply) values ($1, 'body', 200, '{}', 'old')`,
      [key],
    );
    expect(await write(NOBODY, key)).toBe('old');
    expect(await write(ADA, key)).toBeUndefined();
  });
});
