import { CleanUpMessages, HeartbeatsRepository } from '@app/messaging';
import { CleanUpIdempotencyKeys } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';

describe('after the clock of the database was ten years ahead', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await testDatabase({ DEAD_LETTER_RETENTION_DAYS: '30' });
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('keeps nothing for ten years, and nothing shorter than its time', async () => {
    await database.query(
      `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts, resolved_at, resolution)
         values (gen_random_uuid(), 'fulfillment', 'x.v1', '{}', 'TEST', 'ahead', 1, now() + interval '10 years', 'discarded')`,
    );
    await database.query(
      `insert into orders.idempotency_keys (key, fingerprint, status, headers, reply, created_at)
         values ('ahead', 'f', 200, '{}', '', now() + interval '10 years')`,
    );
    const cleanUp = async () => {
      await app.get(CleanUpMessages).execute();
      await app.get(CleanUpIdempotencyKeys).execute();
    };
    const left = () =>
      database.query<{ what: string; days: number }>(
        `select 'letter' as what, round(extract(epoch from now() - resolved_at) / 86400)::int as days
             from messaging.dead_letters where reason = 'ahead'
           union all
           select 'key', round(extract(epoch from now() - created_at) / 86400)::int from orders.idempotency_keys
            where key = 'ahead' order by 1`,
      );
    await cleanUp();
    expect(await left()).toEqual([
      { what: 'key', days: 0 },
      { what: 'letter', days: 0 },
    ]);
    await database.query(
      `update messaging.dead_letters set resolved_at = resolved_at - interval '31 days' where reason = 'ahead';
         update orders.idempotency_keys set created_at = created_at - interval '31 days' where key = 'ahead'`,
    );
    await cleanUp();
    expect(await left()).toEqual([]);
  });

  it('takes no process for alive because of a beat from then', async () => {
    await database.query(
      `insert into messaging.heartbeats (process, instance, details, beat_at) values ('worker', 'ahead', '{}', now() + interval '10 years')`,
    );
    expect(await app.get(HeartbeatsRepository).list()).toEqual([]);
    await app.get(CleanUpMessages).execute();
    expect(await database.query('select from messaging.heartbeats')).toEqual([]);
  });
});
