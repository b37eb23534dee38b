import { randomUUID } from 'node:crypto';
import type { Config } from '@app/platform';
import type { TestDatabase } from '../../../../test/support/database';
import { until } from '../../../../test/support/processes';
import { describeOnEveryTransport } from '../../../../test/support/transports';
import { QUEUES } from '../queues';
import type { Job, ReceivedJob, Receiving, ReceivingPolicy, Transport } from './transport';

const QUEUE = 'fulfillment';
/** A job of a process that was killed is handed out again after one and a half times this. */
const LOCK_MS = 1000;

/** What the product expects of whatever carries its jobs. */
describeOnEveryTransport('a transport with its queues', 5, (tested) => {
  let database: TestDatabase;
  let config: Config;
  /** Those who publish, and those who receive, are processes of their own. */
  let publisher: Transport;
  let opened: Transport[];
  let receivings: Receiving[];
  let received: (ReceivedJob & { at: number })[];
  /** Lets the handlers end that wait for it. */
  let open: () => void;
  let gate: Promise<void>;

  beforeEach(async () => {
    database = await tested.prepare({ QUEUE_LOCK_MS: String(LOCK_MS) });
    config = database.config;
    opened = [];
    receivings = [];
    received = [];
    gate = new Promise((resolve) => (open = resolve));
    publisher = openOne();
    await publisher.requireReady();
    for (const queue of QUEUES) await publisher.putSentinel(queue, randomUUID());
  });
  afterEach(async () => {
    open();
    await Promise.all(receivings.map((receiving) => receiving.close().catch(() => undefined)));
    await Promise.all(opened.map((transport) => transport.close()));
    await database?.drop();
  });

  const openOne = () => {
    const transport = tested.open(config);
    opened.push(transport);
    return transport;
  };
  const aJob = (given: Partial<Job> = {}): Job => ({
    id: `job-${randomUUID()}`,
    name: 'test',
    data: {},
    delayMs: 0,
    priority: 1,
    ...given,
  });
  const receive = (
    handle: (job: ReceivedJob) => Promise<void> = async () => undefined,
    policy: Partial<ReceivingPolicy> = {},
    transport = openOne(),
  ) => {
    const note = (job: ReceivedJob) => {
      received.push({ ...job, at: Date.now() });
      return handle(job);
    };
    const receiving = transport.receive(QUEUE, note, { concurrency: 1, backoffMs: () => 0, ...policy });
    receivings.push(receiving);
    return { transport, receiving };
  };
  const ids = () => received.map(({ id }) => id);
  const depth = async () => (await publisher.depths())[QUEUE];
  /** Resolves when nothing is left. */
  const empty = () =>
    until(async () => {
      let count = 0;
      await publisher.list(QUEUE, () => count++);
      return count === 0;
    });

  it('hands out a published job as it is, once', async () => {
    const data = { text: 'ü \u2028 "', nested: [1, null, { deep: true }], big: 'x'.repeat(100_000) };
    const job = aJob({ data, name: 'some-subscription' });
    await publisher.publish(QUEUE, [job]);
    receive();
    await empty();
    const { id, name } = job;
    expect(received).toMatchObject([{ queue: QUEUE, id, name, data, starts: 1, failures: 0 }]);
  });

  it('has what it confirmed: jobs outlive the process that published them', async () => {
    const other = openOne();
    const jobs = Array.from({ length: 100 }, () => aJob());
    await other.publish(QUEUE, jobs);
    await tested.kill(other, []);
    expect(await depth()).toEqual({ waiting: 100, delayed: 0, active: 0, failed: 0 });
    receive();
    await empty();
    expect(ids()).toEqual(jobs.map(({ id }) => id));
  });

  it('keeps one job of an id, whether it waits, is held back or runs', async () => {
    const [waiting, heldBack, runs] = [aJob(), aJob({ delayMs: 300 }), aJob({ priority: 0 })];
    await publisher.publish(QUEUE, [runs]);
    receive(async ({ id }) => (id === runs.id ? gate : undefined));
    await until(async () => received.length === 1);
    for (let time = 0; time < 2; time++) await publisher.publish(QUEUE, [waiting, heldBack, runs]);
    open();
    await empty();
    expect(ids().sort()).toEqual([waiting.id, heldBack.id, runs.id].sort());
  });

  it('takes a job again that was done: it keeps no memory of it', async () => {
    const job = aJob();
    await publisher.publish(QUEUE, [job]);
    receive();
    await empty();
    await publisher.publish(QUEUE, [job]);
    await until(async () => received.length === 2);
    expect(received[1]).toMatchObject({ id: job.id, starts: 1 });
  });

  it('holds a job back for its delay, and no other', async () => {
    const late = aJob({ delayMs: 600 });
    const soon = aJob({ priority: 9 });
    const publishedAt = Date.now();
    await publisher.publish(QUEUE, [late, soon]);
    receive();
    await empty();
    expect(ids()).toEqual([soon.id, late.id]);
    // A clock may be a millisecond behind the one that it is compared with.
    expect(received[1]!.at - publishedAt).toBeGreaterThanOrEqual(590);
  });

  it('hands out 0 before 1 before 2, the first that came first among equals', async () => {
    const jobs = [3, 1, 2, 0, 3, 1, 2].map((priority) => aJob({ priority }));
    await publisher.publish(QUEUE, jobs);
    expect(await publisher.waitingByPriority(QUEUE, 4)).toEqual([2, 2, 2, 0]);
    receive();
    await empty();
    expect(ids()).toEqual([3, 1, 5, 2, 6, 0, 4].map((index) => jobs[index]!.id));
  });

  it('hands a job out once while its handler is at work, however long', async () => {
    const job = aJob();
    await publisher.publish(QUEUE, [job]);
    receive(() => gate);
    await until(async () => received.length === 1);
    // Another process has nothing to do meanwhile, but a job that comes when the lock is over twice.
    receive(undefined, { concurrency: 2 });
    const marker = aJob({ delayMs: LOCK_MS * 3 });
    await publisher.publish(QUEUE, [marker]);
    await until(async () => ids().includes(marker.id) && (await depth()).active === 1);
    expect(await depth()).toMatchObject({ waiting: 0, active: 1 });
    open();
    await empty();
    expect(ids()).toEqual([job.id, marker.id]);
  });

  it('acknowledges after the commit of the handler: one that dies in between is called again', async () => {
    await database.query('create table effects (job text, starts integer)');
    const job = aJob();
    await publisher.publish(QUEUE, [job]);
    const { transport, receiving } = receive(async ({ id, starts }) => {
      await database.query('insert into effects values ($1, $2)', [id, starts]);
      if (starts === 1) await gate;
    });
    await until(async () => (await database.query('select from effects')).length === 1);
    await tested.kill(transport, [receiving]);
    receive(async ({ id, starts }) => void (await database.query('insert into effects values ($1, $2)', [id, starts])));
    await empty();
    expect(await database.query('select * from effects order by starts')).toEqual([
      { job: job.id, starts: 1 },
      { job: job.id, starts: 2 },
    ]);
    // Its death is no failure of the job.
    expect(received[1]).toMatchObject({ starts: 2, failures: 0 });
  });

  it('hands out a job again and again that kills every process, and never gives it up itself', async () => {
    const job = aJob();
    await publisher.publish(QUEUE, [job]);
    for (let death = 1; death <= 3; death++) {
      const { transport, receiving } = receive(() => gate);
      await until(async () => received.length === death);
      await tested.kill(transport, [receiving]);
    }
    receive();
    await empty();
    expect(received.map(({ starts, failures }) => [starts, failures])).toEqual([1, 2, 3, 4].map((n) => [n, 0]));
  });

  it('tries a job that failed again, as often as it fails, each time after the pause that its policy says', async () => {
    const job = aJob({ name: 'some-subscription', data: { type: 'x' } });
    const asked: unknown[] = [];
    await publisher.publish(QUEUE, [job]);
    receive(
      async ({ starts }) => {
        if (starts < 12) throw new Error('not yet');
      },
      {
        backoffMs: (failures, { name, data }) => {
          asked.push([failures, name, data]);
          return failures === 2 ? 500 : 0;
        },
      },
    );
    // Without a pause it waits again at once, where a look at all jobs may have been already.
    await until(async () => received.length === 12);
    await empty();
    expect(received.map(({ starts, failures }) => [starts, failures])).toEqual(
      Array.from({ length: 12 }, (_, failures) => [failures + 1, failures]),
    );
    expect(asked[1]).toEqual([2, job.name, job.data]);
    expect(received[2]!.at - received[1]!.at).toBeGreaterThanOrEqual(490);
  });

  it('lets the others go on while one fails', async () => {
    const [failing, other] = [aJob(), aJob()];
    await publisher.publish(QUEUE, [failing, other]);
    receive(
      async ({ id, failures }) => {
        if (id === failing.id && failures === 0) throw new Error('not yet');
      },
      { backoffMs: () => 300 },
    );
    await empty();
    expect(ids()).toEqual([failing.id, other.id, failing.id]);
  });

  it('has as many handlers at work as its policy says, and shares the jobs among processes', async () => {
    await publisher.publish(
      QUEUE,
      Array.from({ length: 10 }, () => aJob()),
    );
    receive(() => gate, { concurrency: 3 });
    await until(async () => received.length === 3);
    receive(() => gate, { concurrency: 2 });
    await until(async () => received.length === 5);
    expect(await depth()).toEqual({ waiting: 5, delayed: 0, active: 5, failed: 0 });
    open();
    await empty();
    expect(new Set(ids()).size).toBe(10);
  });

  it('counts what waits, is held back and runs, by queue', async () => {
    const [runs, waits, isHeldBack] = [aJob({ priority: 0 }), aJob({ priority: 2 }), aJob({ delayMs: 60_000 })];
    await publisher.publish(QUEUE, [runs]);
    receive(() => gate);
    await until(async () => received.length === 1);
    await publisher.publish(QUEUE, [waits, isHeldBack]);
    expect(await publisher.depths()).toEqual({
      fulfillment: { waiting: 1, delayed: 1, active: 1, failed: 0 },
      bulk: { waiting: 0, delayed: 0, active: 0, failed: 0 },
      maintenance: { waiting: 0, delayed: 0, active: 0, failed: 0 },
    });
    expect(await publisher.waitingByPriority(QUEUE, 3)).toEqual([0, 1, 0]);
  });

  it('lists what waits, is held back and runs, each with its name and data', async () => {
    const jobs = [aJob({ priority: 0 }), aJob(), aJob({ delayMs: 60_000 })].map((job, index) => ({
      ...job,
      data: { index },
    }));
    await publisher.publish(QUEUE, jobs);
    await publisher.publish('bulk', [aJob()]);
    receive(() => gate);
    await until(async () => received.length === 1);
    const listed = new Set<unknown>();
    expect(await publisher.list(QUEUE, ({ name, data }) => listed.add(JSON.stringify({ name, data })))).toBe(true);
    expect(listed).toEqual(new Set(jobs.map(({ name, data }) => JSON.stringify({ name, data }))));
  });

  it('takes no further job when it is closed, and waits for those that run', async () => {
    const [runs, waits] = [aJob(), aJob()];
    await publisher.publish(QUEUE, [runs, waits]);
    const { receiving } = receive(() => gate);
    await until(async () => received.length === 1);
    let isClosed = false;
    const closed = receiving.close().then(() => (isClosed = true));
    // The queue answers several times meanwhile.
    for (let look = 0; look < 5; look++) expect(await depth()).toMatchObject({ waiting: 1, active: 1 });
    expect(isClosed).toBe(false);
    open();
    await closed;
    await receiving.ended;
    expect(ids()).toEqual([runs.id]);
    expect(await depth()).toEqual({ waiting: 1, delayed: 0, active: 0, failed: 0 });
  });

  it('shows by its sentinel whether a queue lost what it held, each queue for itself', async () => {
    const sentinels = QUEUES.map((queue) => [queue, randomUUID()] as const);
    for (const [queue, id] of sentinels) {
      expect(await publisher.holdsSentinel(queue, id)).toBe(false);
      await publisher.putSentinel(queue, id);
    }
    for (const [queue, id] of sentinels) {
      expect(await publisher.holdsSentinel(queue, id)).toBe(true);
      for (const other of QUEUES) if (other !== queue) expect(await publisher.holdsSentinel(other, id)).toBe(false);
    }
    const [[queue, id]] = sentinels as [(typeof sentinels)[0]];
    await publisher.removeSentinel(queue, id);
    expect(await publisher.holdsSentinel(queue, id)).toBe(false);
    await tested.loseEverything(database);
    for (const [queue, id] of sentinels) expect(await publisher.holdsSentinel(queue, id)).toBe(false);
    // It goes on as if nothing had been.
    receive();
    await publisher.publish(QUEUE, [aJob()]);
    await until(async () => received.length === 1);
  });

  it('never hands a sentinel out', async () => {
    receive();
    await publisher.publish(QUEUE, [aJob({ priority: 9 })]);
    await until(async () => received.length === 1);
    expect(await depth()).toMatchObject({ waiting: 0, delayed: 0 });
    expect(received).toMatchObject([{ name: 'test' }]);
  });

  it('answers until it is closed, and finds no fault with the servers of these tests', async () => {
    expect(await publisher.answers()).toBe(true);
    expect(await publisher.serverFaults()).toEqual([]);
  });
});
