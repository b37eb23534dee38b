import { randomUUID } from 'node:crypto';
import {
  DeadLettersRepository,
  defineEvent,
  type EventConsumer,
  type EventEnvelope,
  HandleJob,
  JOB_ATTEMPTS_MAX,
} from '@app/messaging';
import { createLogger, DomainError } from '@app/platform';
import type { Type } from '@nestjs/common';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import type { Subscription } from '../subscriptions/subscription';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';

const Happened = defineEvent('test.happened.v1', z.object({ step: z.number() }));
const Shared = defineEvent('test.shared.v1', z.object({ step: z.number() }));
const IMPATIENT_ATTEMPTS = 3;
const IMPATIENT_TIMEOUT_MS = 50;

class Refused extends DomainError {
  readonly code = 'TEST_REFUSED';
  readonly kind = 'conflict';
}

class Consumer implements EventConsumer {
  constructor(private readonly answer: (event: EventEnvelope, signal?: AbortSignal) => Promise<void>) {}

  handle(event: EventEnvelope, signal?: AbortSignal): Promise<void> {
    return this.answer(event, signal);
  }
}

class OtherConsumer extends Consumer {}

describe('a job', () => {
  let database: TestDatabase;
  let handleJob: HandleJob;
  /** The same while there was one subscription. */
  let handleAlone: HandleJob;
  let handle: jest.Mock<Promise<void>, [EventEnvelope, AbortSignal?]>;
  let handleOther: jest.Mock<Promise<void>, [EventEnvelope, AbortSignal?]>;

  beforeAll(async () => {
    database = await testDatabase();
    const subscriptions: Subscription[] = [
      { name: 'first', events: [Happened, Shared], consumer: Consumer, queue: 'fulfillment' },
      {
        name: 'impatient',
        events: [Shared],
        consumer: OtherConsumer,
        queue: 'maintenance',
        attemptsMax: IMPATIENT_ATTEMPTS,
        timeoutMs: IMPATIENT_TIMEOUT_MS,
      },
    ];
    const deadLetters = new DeadLettersRepository(await database.open());
    const handling = (known: readonly Subscription[]) =>
      new HandleJob(
        new SubscriptionRegistry(known),
        new Map<Type<EventConsumer>, EventConsumer>([
          [Consumer, new Consumer((...given) => handle(...given))],
          [OtherConsumer, new OtherConsumer((...given) => handleOther(...given))],
        ]),
        deadLetters,
        createLogger(database.config, 'test'),
      );
    handleJob = handling(subscriptions);
    handleAlone = handling(subscriptions.slice(0, 1));
  });
  afterAll(async () => {
    await database?.drop();
  });
  beforeEach(async () => {
    handle = jest.fn().mockResolvedValue(undefined);
    handleOther = jest.fn().mockResolvedValue(undefined);
    await database.query('truncate messaging.dead_letters');
  });

  const aJob = (given: { data?: object; name?: string; queue?: string; starts?: number; failures?: number } = {}) => {
    const id = randomUUID();
    const { data, ...times } = given;
    const event = { id, type: Happened.type, occurred_at: '', aggregate_id: id, aggregate_version: 1 };
    return {
      id: `evt-${id}-first`,
      name: 'first',
      queue: 'fulfillment',
      starts: 1,
      failures: 0,
      ...times,
      data: { ...event, correlation_id: 'request', payload: { step: 1 }, ...data },
    };
  };
  const deadLetters = () =>
    database.query(
      'select id, subscription, type, code, attempts, envelope from messaging.dead_letters order by created_at',
    );

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
      {
        id: job.data.id,
        subscription: 'first',
        type: Happened.type,
        code: 'TEST_REFUSED',
        attempts: 1,
        envelope: job.data,
      },
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

  it.each([
    ['on its queue', 'maintenance', 0, 1],
    ['when none of them uses its queue any more', 'bulk', 1, 0],
  ])('without a name of a subscription belongs to the first of its type %s', async (_, queue, first, other) => {
    await handleJob.execute(aJob({ name: Shared.type, queue, data: { type: Shared.type } }));
    expect([handle.mock.calls.length, handleOther.mock.calls.length]).toEqual([first, other]);
    expect(await deadLetters()).toEqual([]);
  });

  it('of one subscription fails without the other, each with a dead letter of its own', async () => {
    const job = aJob({ data: { type: Shared.type } });
    handle.mockRejectedValue(new Refused('never'));
    handleOther.mockRejectedValue(new Refused('never'));
    await handleJob.execute(job);
    await handleJob.execute({ ...job, name: 'impatient', queue: 'maintenance' });
    await handleJob.execute({ ...job, name: 'impatient', queue: 'maintenance' });
    const letters = (await deadLetters()) as { id: string; subscription: string }[];
    expect(letters.map(({ subscription }) => subscription)).toEqual(['first', 'impatient']);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(2);
  });

  it('that failed before another subscription was added, and fails again, keeps its dead letter', async () => {
    const job = aJob({ data: { type: Shared.type } });
    handle.mockRejectedValue(new Refused('never'));
    await handleAlone.execute(job);
    await handleJob.execute(job);
    expect(await deadLetters()).toMatchObject([{ id: job.data.id, subscription: 'first' }]);
  });

  it('of a subscription that this version does not know comes back for one that does, and is kept in the end', async () => {
    const job = aJob({ name: 'invented-later' });
    await expect(handleJob.execute(job)).rejects.toThrow('No subscription is called invented-later.');
    await handleJob.execute({ ...job, starts: JOB_ATTEMPTS_MAX, failures: JOB_ATTEMPTS_MAX - 1 });
    expect(handle).not.toHaveBeenCalled();
    expect(await deadLetters()).toMatchObject([{ subscription: 'invented-later', code: 'UNEXPECTED' }]);
  });

  it('fails as often as its subscription says, and when it takes longer than that says', async () => {
    const job = aJob({ name: 'impatient', queue: 'maintenance', data: { type: Shared.type } });
    handleOther.mockImplementation(async (_, signal) => {
      await new Promise((resolve) => signal!.addEventListener('abort', resolve));
    });
    const tooLong = `impatient was not done within ${IMPATIENT_TIMEOUT_MS} ms.`;
    await expect(
      handleJob.execute({ ...job, starts: IMPATIENT_ATTEMPTS - 1, failures: IMPATIENT_ATTEMPTS - 2 }),
    ).rejects.toThrow(tooLong);
    await handleJob.execute({ ...job, starts: IMPATIENT_ATTEMPTS, failures: IMPATIENT_ATTEMPTS - 1 });
    expect(await deadLetters()).toMatchObject([{ subscription: 'impatient', attempts: IMPATIENT_ATTEMPTS }]);
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
