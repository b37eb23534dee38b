import { dataSourceOptions } from '@app/platform';
import { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { rowsRead } from '../../../../test/support/rows-read';
import { recordStatements, type Statement } from '../../../../test/support/statements';
import { OutboxRepository } from './outbox.repository';

const PUBLISHED = 200_000;
const UNPUBLISHED = 27_000;
const CLAIM = 1000;
const PLACES = 400;
const A_DAY_AGO = `now() - interval '25 hours'`;
const TYPE = 'test.happened.v1';

/** Statistics are of the past: an outbox fills and empties faster than anybody analyzes it. */
describe.each(['while it was empty', 'while nearly all of it waited', 'while all of it was published'])(
  'an outbox that was analyzed %s',
  (analyzed) => {
    let database: TestDatabase;
    let source: DataSource;
    let outbox: OutboxRepository;
    let statements: Statement[];

    beforeAll(async () => {
      database = await testDatabase();
      // As the services plan: without sequential scans there is one way less to go wrong, and the others remain.
      source = await new DataSource(dataSourceOptions(database.config, 'worker')).initialize();
      await database.query('set enable_seqscan = off');
      outbox = new OutboxRepository(source);
      const fill = (count: number, first: number, published: string, rank: string) =>
        database.query(
          `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at, rank)
           select (lpad(to_hex(1700000000000 + ${first} + n), 12, '0') || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid,
                  '${TYPE}', gen_random_uuid(), 1, 'x', '{}', ${published}, ${rank}
             from generate_series(1, ${count}) n`,
        );
      await database.query('alter table messaging.outbox set (autovacuum_enabled = false)');
      if (analyzed.includes('empty')) await database.query('analyze messaging.outbox');
      if (analyzed.includes('waited')) {
        await fill(PUBLISHED, 0, 'null', 'null');
        await database.query('analyze messaging.outbox');
        await database.query('update messaging.outbox set published_at = ' + A_DAY_AGO);
      } else await fill(PUBLISHED, 0, A_DAY_AGO, 'null');
      if (analyzed.includes('published')) await database.query('analyze messaging.outbox');
      await fill(UNPUBLISHED / 2, PUBLISHED, 'null', 'null');
      await fill(UNPUBLISHED / 2, PUBLISHED + UNPUBLISHED, 'null', '1 + n % 3');
      statements = recordStatements(source);
    }, 120_000);
    afterAll(async () => {
      await source?.destroy();
      await database?.drop();
    });

    const readAgain = () => rowsRead(database, statements.splice(0));

    it('is claimed from with a few rows read for each that is taken', async () => {
      const places = new Map([1, 2, 3].map((rank) => [rank, PLACES]));
      const claimed = await outbox.claimUnpublished('test', 60_000, CLAIM, [TYPE], places);
      expect(claimed).toHaveLength(CLAIM + PLACES);
      await outbox.release(
        'test',
        claimed.map(({ id }) => id),
      );
      statements.splice(1);
      // As many are looked at in each rank as it has places. What was claimed and released left dead entries, which the scans pass.
      expect(await readAgain()).toBeLessThan(12 * (CLAIM + 3 * PLACES));
    });

    it('is marked, looked at and cleaned up without reading what is published', async () => {
      const claimed = await outbox.claimUnpublished('test', 60_000, CLAIM, [TYPE]);
      statements.length = 0;
      const ids = claimed.map(({ id }) => id);
      await outbox.markPublished('test', ids);
      await outbox.findUnclaimed(source, ids);
      expect(await readAgain()).toBeLessThan(12 * CLAIM);
      await outbox.backlog();
      expect(await readAgain()).toBeLessThan(2 * UNPUBLISHED);
      await outbox.deletePublished(24, CLAIM);
      expect(await readAgain()).toBeLessThan(12 * CLAIM);
    });
  },
);
