import { type Config, inTime, isContention, type Logger, recordOfAll, within } from '@app/platform';
import type { Job as BullmqJob, Queue, Worker } from 'bullmq';
import { QUEUES, type QueueName } from '../../queues';
import { QueueUnavailableError } from '../errors';
import type { Job, QueueDepth, ReceivedJob, Receiving, ReceivingPolicy, Transport } from '../transport';
import { BULLMQ_ATTEMPTS, openQueue, openWorker, requireQueueTables } from './bullmq-connection';
import { redisFaults, redisInfo } from './redis-faults';
import { isQueueAway, ServerTrouble } from './server-trouble';

const SEND_TIMEOUT_MS = 6000;
const CLOSE_TIMEOUT_MS = 1000;
const ANSWER_TIMEOUT_MS = 2000;
/** More than ever wait while the relay keeps the queue short: a queue that holds more is not listed. */
const LISTED_MAX = 50_000;
const LISTED_PER_PAGE = 1000;
/** In the order in which a job goes through them. One that failed goes back to the first. */
const HELD_STATES = ['delayed', 'prioritized', 'waiting', 'active'] as const;
const SENTINEL = 'sentinel';
/** A hundred years. */
const SENTINEL_DELAY_MS = 100 * 365 * 24 * 3_600_000;

/** Queues in Redis when `REDIS_URL` is set, otherwise in BullMQ's own tables in Postgres. */
export class BullmqTransport implements Transport {
  private readonly queues = new Map<QueueName, Queue>();
  private readonly trouble: ServerTrouble;

  constructor(
    private readonly config: Config,
    private readonly logger: Logger,
  ) {
    this.trouble = new ServerTrouble(config, logger);
  }

  requireReady(): Promise<void> {
    return requireQueueTables(this.config);
  }

  async publish(name: QueueName, jobs: readonly Job[]): Promise<void> {
    await this.reported(this.ask(name, (queue) => queue.addBulk(jobs.map(toBullmq))));
  }

  receive(queue: QueueName, handle: (job: ReceivedJob) => Promise<void>, policy: ReceivingPolicy): Receiving {
    const worker = openWorker(
      queue,
      (job) => handle(received(queue, job)),
      {
        concurrency: policy.concurrency,
        backoffMs: (failures, job) => policy.backoffMs(failures, { name: job?.name ?? '', data: job?.data }),
      },
      this.config,
    );
    worker.on('error', (error) => {
      if (isQueueAway(error)) this.trouble.away(error);
      // BullMQ's look for stalled jobs and the end of one may meet in Postgres: the job is looked at once more.
      else this.logger[isContention(error) ? 'debug' : 'warn']({ err: error, queue }, 'queue.worker_error');
    });
    return new BullmqReceiving(worker, this.logger);
  }

  async waitingByPriority(name: QueueName, priorityMax: number): Promise<number[]> {
    const priorities = Array.from({ length: priorityMax }, (_, index) => index + 1);
    const counts = await this.reported(this.ask(name, (queue) => queue.getCountsPerPriority(priorities)));
    return priorities.map((priority) => counts[String(priority)] ?? 0);
  }

  /** A job that moves on while this reads is seen: its states are read in the order in which it goes through them, each from its end. */
  async list(name: QueueName, look: (job: Pick<ReceivedJob, 'name' | 'data'>) => void): Promise<boolean> {
    for (const state of [...HELD_STATES, 'delayed'] as const)
      for (let first = 0; ; first += LISTED_PER_PAGE) {
        if (first >= LISTED_MAX) return false;
        const jobs = await this.ask(name, (queue) => queue.getJobs([state], first, first + LISTED_PER_PAGE - 1));
        jobs.filter(({ name }) => name !== SENTINEL).forEach((job) => look(job));
        if (jobs.length === 0) break;
      }
    return true;
  }

  async putSentinel(name: QueueName, id: string): Promise<void> {
    const options = { jobId: sentinelJobId(id), delay: SENTINEL_DELAY_MS };
    await this.ask(name, (queue) => queue.add(SENTINEL, {}, options));
  }

  async removeSentinel(name: QueueName, id: string): Promise<void> {
    await this.ask(name, (queue) => queue.remove(sentinelJobId(id)));
  }

  async holdsSentinel(name: QueueName, id: string): Promise<boolean> {
    return (await this.ask(name, (queue) => queue.getJob(sentinelJobId(id)))) !== undefined;
  }

  async depths(): Promise<Record<QueueName, QueueDepth>> {
    const depths = await recordOfAll(QUEUES, async (name) => {
      const counts = await this.ask(name, (queue) =>
        queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed'),
      );
      return {
        waiting: (counts.wait ?? 0) + (counts.prioritized ?? 0),
        // The sentinel is one of them.
        delayed: Math.max(0, (counts.delayed ?? 0) - 1),
        active: counts.active ?? 0,
        failed: counts.failed ?? 0,
      };
    });
    this.trouble.over();
    return depths;
  }

  answers(): Promise<boolean> {
    return this.ask(QUEUES[0], (queue) => queue.getJobCounts('active'), ANSWER_TIMEOUT_MS).then(
      () => true,
      () => false,
    );
  }

  /** Nothing is asked of queues in Postgres. */
  async serverFaults(): Promise<string[]> {
    if (!this.config.REDIS_URL) return [];
    return redisFaults(await this.ask(QUEUES[0], redisInfo, ANSWER_TIMEOUT_MS));
  }

  async close(): Promise<void> {
    // close() can wait for ever for a server that is gone.
    await Promise.all([...this.queues.values()].map((queue) => within(queue.close(), CLOSE_TIMEOUT_MS)));
  }

  private ask<T>(name: QueueName, command: (queue: Queue) => Promise<T>, timeoutMs = SEND_TIMEOUT_MS): Promise<T> {
    const answered = command(this.queue(name)).catch((error: Error) => {
      throw isQueueAway(error) ? new QueueUnavailableError(error.message, error) : error;
    });
    const late = new QueueUnavailableError(`The ${name} queue did not answer within ${timeoutMs} ms.`);
    return inTime(answered, timeoutMs, late);
  }

  /** What orders wait for: a person learns of a server that does not take it. */
  private reported<T>(asked: Promise<T>): Promise<T> {
    return asked.catch((error: unknown) => {
      if (error instanceof QueueUnavailableError) this.trouble.away(error.cause ?? error);
      throw error;
    });
  }

  private queue(name: QueueName): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = openQueue(name, this.config);
      // Without a listener a lost connection would end the process; the next publish reports it.
      queue.on('error', (error) =>
        isQueueAway(error)
          ? this.trouble.away(error)
          : this.logger.debug({ err: error, queue: name }, 'queue.connection_error'),
      );
      this.queues.set(name, queue);
    }
    return queue;
  }
}

class BullmqReceiving implements Receiving {
  readonly ended: Promise<void>;

  constructor(
    private readonly worker: Worker,
    logger: Logger,
  ) {
    this.ended = worker
      .run()
      .catch((error: Error) => logger.error({ err: error, queue: worker.name }, 'queue.worker_stopped'));
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}

function toBullmq({ id, name, data, delayMs, priority }: Job) {
  return {
    name,
    data,
    opts: {
      jobId: id,
      delay: delayMs,
      priority,
      attempts: BULLMQ_ATTEMPTS,
      backoff: { type: 'custom' },
      // A finished job that is kept makes a later add of the same id a silent no-op.
      removeOnComplete: true,
    },
  };
}

function received(queue: QueueName, job: BullmqJob): ReceivedJob {
  const { id = '', name, data, attemptsStarted, attemptsMade } = job;
  return { queue, id, name, data, starts: attemptsStarted, failures: attemptsMade };
}

function sentinelJobId(id: string): string {
  return `sentinel-${id}`;
}
