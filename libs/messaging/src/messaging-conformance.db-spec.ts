import { randomUUID } from 'node:crypto';
import {
  DeadLettersRepository,
  defineEvent,
  type EventConsumer,
  type EventEnvelope,
  type EventType,
  MessagingModule,
  publish,
  QueueFlow,
  QueueHealth,
  QueueLost,
  QUEUES,
  ResolveDeadLetter,
  type Subscription,
} from '@app/messaging';
import { type Config, DomainError, PlatformModule, Transactions, UnavailableError } from '@app/platform';
import { Test, type TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import type { TestDatabase } from '../../../test/support/database';
import { TESTER } from '../../../test/support/principals';
import { until } from '../../../test/support/processes';
import { describeOnEveryTransport } from '../../../test/support/transports';
import { HandleJob } from './jobs/handle-job';
import { JobReceiver } from './jobs/job-receiver';
import { WatchQueues } from './liveness/watch-queues';
import { jobOf } from './relay/job-of';
import { type Transport, TRANSPORT } from './transports/transport';

const payload = z.object({ step: z.number(), priority: z.number().default(2), delayMs: z.number().default(0) });
type Payload = z.infer<typeof payload>;
const Happened = defineEvent('test.happened.v1', payload) as EventType<Payload>;

class Refused extends DomainError {
  readonly code = 'TEST_REFUSED';
  readonly kind = 'invalid';
}

/** Notes what it gets; `behaviour` decides how each event ends. */
class RecordingConsumer implements EventConsumer<Payload> {
  readonly received: (EventEnvelope<Payload> & { at: number })[] = [];
  behaviour: (event: EventEnvelope<Payload>, times: number) => Promise<void> = async () => undefined;

  async handle(event: EventEnvelope<Payload>): Promise<void> {
    this.received.push({ ...event, at: Date.now() });
    await this.behaviour(event, this.received.filter(({ id }) => id === event.id).length);
  }
}

class SecondConsumer extends RecordingConsumer {}

/** Notes which queues were found emptied. */
class LossConsumer implements EventConsumer<{ queue: string }> {
  readonly lost: string[] = [];

  async handle({ payload }: EventEnvelope<{ queue: string }>): Promise<void> {
    this.lost.push(payload.queue);
  }
}

const recording: Subscription<Payload> = {
  name: 'record',
  events: [Happened],
  consumer: RecordingConsumer,
  queue: 'fulfillment',
  delayMs: ({ payload }) => payload.delayMs,
  priority: ({ payload }) => payload.priority,
};
const losses: Subscription<{ queue: string }> = {
  name: 'note-losses',
  events: [QueueLost],
  consumer: LossConsumer,
  queue: 'maintenance',
};

/** Events must reach their consumers in the same way whatever carries them. */
describeOnEveryTransport('messages whose queues are', 1, (tested) => {
  let database: TestDatabase;
  let app: TestingModule;
  let consumer: RecordingConsumer;

  beforeEach(async () => {
    database = await tested.prepare({ WORKER_CONCURRENCY: '1' });
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const start = async (
    overrides: Partial<Config> = {},
    unconsumed: EventType[] = [],
    subscriptions: Subscription[] = [recording],
  ) => {
    app = await Test.createTestingModule({
      imports: [
        PlatformModule.for({ ...database.config, ...overrides }, 'test'),
        MessagingModule.withSubscriptions([...subscriptions, losses], { unconsumed, transport: tested.open }),
      ],
    }).compile();
    consumer = app.get(RecordingConsumer, { strict: false });
    await app.init();
  };
  const append = async (
    events: (Partial<Payload> & { aggregate?: string; version?: number })[],
    event: EventType = Happened,
  ) => {
    const own = await database.open();
    await new Transactions(own).run((tx) =>
      publish(
        tx,
        events.map(({ aggregate, version, ...given }, index) => ({
          event,
          aggregateId: aggregate ?? randomUUID(),
          aggregateVersion: version ?? 1,
          correlationId: `request-${index}`,
          payload: { step: index, priority: 2, delayMs: 0, ...given },
        })),
      ),
    );
    await own.destroy();
  };
  const health = () => app.get(QueueHealth, { strict: false });
  const transport = () => app.get<Transport>(TRANSPORT, { strict: false });
  const steps = () => consumer.received.map((event) => event.payload.step);
  const deadLetters = () =>
    database.query(`select type, code, attempts, envelope from messaging.dead_letters order by created_at`);
  const unpublished = async () =>
    (await database.query<{ count: number }>(`select count(*) from messaging.outbox where published_at is null`))[0]!
      .count;

  it('carry every committed event to its consumer, with its id, correlation and payload', async () => {
    await start();
    await append(Array.from({ length: 1500 }, () => ({})));
    await until(async () => consumer.received.length >= 1500);
    expect(new Set(consumer.received.map(({ id }) => id)).size).toBe(1500);
    expect(steps().sort((a, b) => a - b)).toEqual(Array.from({ length: 1500 }, (_, step) => step));
    expect(consumer.received.every((event) => event.correlation_id === `request-${event.payload.step}`)).toBe(true);
    await until(async () => (await unpublished()) === 0);
    expect(await deadLetters()).toEqual([]);
  });

  it('hold a job back for its delay', async () => {
    await start();
    await append([{ delayMs: 700 }, { delayMs: 0 }]);
    const begun = Date.now();
    await until(async () => consumer.received.length === 2);
    expect(steps()).toEqual([1, 0]);
    expect(consumer.received[1]!.at - begun).toBeGreaterThanOrEqual(600);
  });

  it('give high before normal before low, first in first out within a priority', async () => {
    await start();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    consumer.behaviour = async ({ payload: { step } }) => (step === 100 ? gate : undefined);
    await append([{ step: 100 }]); // occupies the only slot while the others queue up
    await until(async () => consumer.received.length === 1);
    await append([3, 2, 1, 3, 2, 1].map((priority, step) => ({ priority, step })));
    await until(async () => (await health().depths()).fulfillment.waiting === 6);
    open();
    await until(async () => consumer.received.length === 7);
    expect(steps()).toEqual([100, 2, 5, 1, 4, 0, 3]);
  });

  it('publish the events of one aggregate in order of their versions', async () => {
    const aggregate = randomUUID();
    await append([1, 2, 3, 4, 5].map((version) => ({ aggregate, version, step: version })));
    await start();
    await until(async () => consumer.received.length === 5);
    expect(steps()).toEqual([1, 2, 3, 4, 5]);
  });

  it('try again what may pass', async () => {
    await start();
    consumer.behaviour = async (_, times) => {
      if (times < 3) throw new UnavailableError('not yet');
    };
    await append([{}]);
    await until(async () => consumer.received.length === 3);
    expect(await deadLetters()).toEqual([]);
  });

  it('keep as a dead letter at once what would fail the same way again', async () => {
    await start();
    consumer.behaviour = async () => {
      throw new Refused('never');
    };
    await append([{}]);
    await until(async () => (await deadLetters()).length === 1);
    expect(await deadLetters()).toMatchObject([{ type: 'test.happened.v1', code: 'TEST_REFUSED', attempts: 1 }]);
    expect(consumer.received).toHaveLength(1);
  });

  it('keep as a dead letter what nobody can read, and go on', async () => {
    await start();
    const event = {
      type: 'test.happened.v9',
      occurred_at: '',
      aggregate_id: randomUUID(),
      aggregate_version: 1,
      correlation_id: 'x',
      payload: {},
    };
    const delivery = { subscription: recording.name, delayMs: 0, priority: 1 };
    const poison = [
      { ...event, id: randomUUID() },
      { ...event, id: randomUUID(), type: Happened.type, payload: { step: 'one' } },
      { id: 'nonsense', type: 'nonsense' } as EventEnvelope,
    ];
    for (const each of poison) await transport().publish('fulfillment', [jobOf(each, delivery)]);
    await append([{}]);
    await until(async () => (await deadLetters()).length === 3 && consumer.received.length === 1);
    expect(new Set((await deadLetters()).map(({ code }) => code))).toEqual(new Set(['JOB_UNREADABLE']));
  });

  it('keep as a dead letter whatever a job is, also what no column of Postgres takes', async () => {
    await start();
    const event = { id: randomUUID(), type: Happened.type, payload: { step: 'x' } };
    const poison = [
      { ...event, payload: { step: 'nul \u0000' } },
      { ...event, id: randomUUID(), payload: { step: 'half \ud800' } },
      { ...event, id: randomUUID(), payload: { step: 'x'.repeat(1_000_000) } },
      { type: 'nul \u0000' },
      { type: 'a backslash, u and zeros: \\u0000' },
      { type: { toString: 1 } },
      'text \u0000',
      null,
      [1, 2],
    ];
    const handle = app.get(HandleJob, { strict: false });
    for (const [index, data] of poison.entries())
      await handle.execute({ queue: 'fulfillment', id: `${index}`, name: 'record', data, starts: 1, failures: 0 });
    const kept = await deadLetters();
    expect(kept).toHaveLength(poison.length);
    expect(new Set(kept.map(({ code }) => code))).toEqual(new Set(['JOB_UNREADABLE']));
    expect(kept.map(({ envelope }) => envelope)).toContainEqual({ unreadable_json: JSON.stringify(poison[0]) });
    expect(kept.map(({ envelope }) => envelope)).toContainEqual(poison[4]);
  });

  it('carry on past an event that its consumer can not read', async () => {
    await append([{ step: 'not a number' as never }, { step: 7 }]);
    await start();
    await until(async () => consumer.received.length === 1 && (await deadLetters()).length === 1);
    expect(steps()).toEqual([7]);
    expect(await deadLetters()).toMatchObject([{ code: 'JOB_UNREADABLE' }]);
  });

  it('leave an event that this version does not know to one that does', async () => {
    const Later = defineEvent('test.invented_later.v1', payload) as EventType;
    await append([{}], Later);
    await start();
    await append([{}]);
    await until(async () => consumer.received.length === 1 && (await unpublished()) === 1);
    await app.close();
    await start({}, [Later]);
    await until(async () => (await unpublished()) === 0);
  });

  it('deliver a replay while the job that failed is still being finished', async () => {
    await start();
    const own = await database.open();
    consumer.behaviour = async (event, times) => {
      if (times > 1) return;
      const letter = { id: event.id, queue: 'fulfillment', type: event.type, code: 'TEST', reason: '', attempts: 1 };
      await new DeadLettersRepository(own).keep({ ...letter, envelope: event });
      await new ResolveDeadLetter(new Transactions(own)).execute(event.id, 'replayed', TESTER);
      await until(async () => (await unpublished()) === 0);
    };
    await append([{}]);
    await until(async () => consumer.received.length === 2);
    expect(new Set(consumer.received.map(({ id }) => id)).size).toBe(1);
  });

  it('carry an event to each of its subscriptions in one queue', async () => {
    const second: Subscription<Payload> = { ...recording, name: 'record-again', consumer: SecondConsumer };
    await start({}, [], [recording, second]);
    await append([{}, {}]);
    const again = app.get(SecondConsumer, { strict: false });
    await until(async () => consumer.received.length === 2 && again.received.length === 2);
    expect(again.received.map(({ id }) => id).sort()).toEqual(consumer.received.map(({ id }) => id).sort());
    await until(async () => (await unpublished()) === 0);
  });

  it('hand over the jobs that a version without subscriptions has put into them', async () => {
    const event = {
      id: randomUUID(),
      type: Happened.type,
      occurred_at: new Date().toISOString(),
      aggregate_id: randomUUID(),
      aggregate_version: 1,
      correlation_id: 'x',
      payload: { step: 1 },
    };
    const replayed = { ...event, id: randomUUID(), payload: { step: 2 } };
    const job = { delayMs: 0, priority: 1 };
    const former = tested.open(database.config);
    await former.publish('fulfillment', [
      { ...job, id: `evt-${event.id}`, name: event.type, data: event },
      { ...job, id: `evt-${replayed.id}-1`, name: replayed.type, data: replayed },
    ]);
    await former.close();
    await start();
    await until(async () => consumer.received.length === 2);
    expect(new Set(steps())).toEqual(new Set([1, 2]));
    await until(async () => (await health().depths()).fulfillment.active === 0);
    expect(await deadLetters()).toEqual([]);
  });

  it('wait as long between two attempts as the subscription says', async () => {
    await start({}, [], [{ ...recording, backoff: { firstMs: 1500, maxMs: 1500 } }]);
    consumer.behaviour = async (_, times) => {
      if (times < 2) throw new UnavailableError('not yet');
    };
    await append([{}]);
    await until(async () => consumer.received.length === 2);
    expect(consumer.received[1]!.at - consumer.received[0]!.at).toBeGreaterThanOrEqual(700);
  });

  it('tell once that a queue was emptied, and go on', async () => {
    await start();
    const sentinels = async () => (await database.query(`select 1 from messaging.queue_sentinels`)).length;
    await until(async () => (await sentinels()) === QUEUES.length);
    await append([{ delayMs: 60_000 }]);
    await until(async () => (await unpublished()) === 0);
    await tested.loseEverything(database);
    const { lost } = app.get(LossConsumer, { strict: false });
    await until(async () => lost.length === QUEUES.length, 20_000);
    await append([{}]);
    await until(async () => consumer.received.length === 1);
    const watcher = app.get(WatchQueues, { strict: false });
    await watcher.execute();
    expect([...lost].sort()).toEqual([...QUEUES].sort());
    const [{ count }] = (await database.query(
      `select count(*) from messaging.outbox where type = 'queue.lost.v1'`,
    )) as [{ count: number }];
    expect(count).toBe(QUEUES.length);
  });

  it('show by canaries whether jobs come through, and forgive a pause', async () => {
    await start({ WORKER_STALLED_AFTER_MS: 6000 });
    const flow = app.get(QueueFlow, { strict: false });
    const handled = jest.spyOn(flow, 'handled');
    await until(async () => QUEUES.every((queue) => handled.mock.calls.some(([seen]) => seen === queue)));
    // As if it had stopped without a word: its process and its connections are well.
    const resume = await tested.pause(app.get(JobReceiver, { strict: false })['receiving'].get('fulfillment')!);
    await until(async () => flow.stalled().join() === 'fulfillment');
    await resume();
    await until(async () => flow.stalled().length === 0);
    expect(await deadLetters()).toEqual([]);
  });

  it('accept an event twice: a repetition while it waits is dropped, a later one is delivered again', async () => {
    await start();
    const event: EventEnvelope = {
      id: randomUUID(),
      type: Happened.type,
      occurred_at: new Date().toISOString(),
      aggregate_id: randomUUID(),
      aggregate_version: 1,
      correlation_id: 'x',
      payload: { step: 1 },
    };
    const job = jobOf(event, { subscription: recording.name, delayMs: 300, priority: 1 });
    await transport().publish('fulfillment', [job]);
    await transport().publish('fulfillment', [job]);
    await until(async () => consumer.received.length === 1);
    await until(async () => (await health().depths()).fulfillment.active === 0);
    await transport().publish('fulfillment', [{ ...job, delayMs: 0 }]);
    await until(async () => consumer.received.length === 2);
  });
});
