import { CleanUpMessages } from '@app/messaging';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';

describe('the clean-up of messages', () => {
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

  it('removes dead letters that were resolved before the retention time, and no others', async () => {
    await database.query(
      `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts, created_at, resolved_at, resolution)
       select gen_random_uuid(), 'fulfillment', 'x.v1', '{}', 'TEST', label, 1, now() - interval '90 days',
              now() - days * interval '1 day', case when days is not null then 'discarded' end
         from (values ('open', null), ('old', 31), ('recent', 29)) given (label, days)`,
    );
    await app.get(CleanUpMessages).execute();
    const kept = await database.query<{ reason: string }>('select reason from messaging.dead_letters order by 1');
    expect(kept.map(({ reason }) => reason)).toEqual(['open', 'recent']);
  });
});
