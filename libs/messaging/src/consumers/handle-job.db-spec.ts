import { randomUUID } from 'node:crypto';
import { DeadLettersRepository, defineEvent, type EventConsumer, HandleJob, JOB_ATTEMPTS_MAX } from '@app/messaging';
import { createLogger, DomainError } from '@app/platform';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { ConsumerRegistry } from './consumer-registry';

const Happened = defineEvent('test.happened.v1', z.object({ step: z.number() }));

class Refused extends DomainError {
  readonly code = 'TEST_REFUSED';
  readonly kind = 'conflict';
}

describe('a job', () => {
  let database: TestDatabase;
  let handleJob: HandleJob;
  let handle: jest.Mock<Promise<void>, []>;

  beforeAll(async () => {
    database = await testDatabase();
    const consumer = { events: [Happened], queue: 'fulfillment', handle: () => handle() } satisfies EventConsumer;
    const deadLetters = new DeadLettersRepository(await database.open());
    handleJob = new HandleJob(new ConsumerRegistry([consumer], []), deadLetters, createLogger(database.config, 'test'));
  });
  afterAll(async () => {
    await database?.drop();
  });
  beforeEach(async () => {
    handle = jest.fn(async () => undefined);
    await database.query('truncate messaging.dead_letters');
  });

  const aJob = (given: { data?: object; starts?: number; failures?: number } = {}) => {
    const id = randomUUID();
    const { data, ...times } = given;
    const event = { id, type: Happened.type, occurred_at: '', aggregate_id: id, aggregate_version: 1 };
    return {
      id: `evt-${id}`,
      queue: 'fulfillment',
      starts: 1,
      failures: 0,
      ...times,
      data: { ...event, correlation_id: 'request', payload: { step: 1 }, ...data },
    };
  };
  const deadLetters = () => database.query('select id, type, code, attempts, envelope from messaging.dead_letters');

  it('that is done leaves nothing behind', async () => {
    await handleJob.execute(aJob());
    expect(handle).toHaveBeenCalledTimes(1);
    expect(await deadLetters()).toEqual([]);
  });

  it('that would fail the same way again is done once it is kept as a dead letter', async () => {
    const job = aJob();
    handle.mockRejectedValue(new Refused('never'));
    await handleJob.execute(job);
    expect(await deadLetters()).toEqual([
      { id: job.data.id, type: Happened.type, code: 'TEST_REFUSED', attempts: 1, envelope: job.data },
    ]);
  });

  it('that may pass comes back until it failed too often, and is kept then', async () => {
    handle.mockRejectedValue(new Error('unknown'));
    await expect(
      handleJob.execute(aJob({ starts: JOB_ATTEMPTS_MAX - 1, failures: JOB_ATTEMPTS_MAX - 2 })),
    ).rejects.toThrow('unknown');
    expect(await deadLetters()).toEqual([]);
    await handleJob.execute(aJob({ starts: JOB_ATTEMPTS_MAX, failures: JOB_ATTEMPTS_MAX - 1 }));
    expect(await deadLetters()).toMatchObject([{ code: 'UNEXPECTED', attempts: JOB_ATTEMPTS_MAX }]);
  });

  it('that stopped its worker again and again is kept without being tried once more', async () => {
    await handleJob.execute(aJob({ starts: JOB_ATTEMPTS_MAX + 1 }));
    expect(handle).not.toHaveBeenCalled();
    expect(await deadLetters()).toMatchObject([{ code: 'JOB_CRASHES_WORKER' }]);
  });

  it.each([
    ['of an unknown type', { type: 'test.happened.v9' }],
    ['with a payload of another shape', { payload: { step: 'one' } }],
    ['that is no event', { aggregate_version: 0 }],
  ])('%s is kept', async (_, data) => {
    await handleJob.execute(aJob({ data }));
    expect(handle).not.toHaveBeenCalled();
    expect(await deadLetters()).toMatchObject([{ code: 'JOB_UNREADABLE' }]);
  });

  it('is asked for again when it could not be kept: it must not vanish', async () => {
    handle.mockRejectedValue(new Refused('never'));
    await database.query('alter table messaging.dead_letters rename to dead_letters_away');
    try {
      await expect(handleJob.execute(aJob())).rejects.toThrow(/dead_letters/);
    } finally {
      await database.query('alter table messaging.dead_letters_away rename to dead_letters');
    }
  });
});
