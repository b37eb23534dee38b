import { CONFIG, type Config, inTime, LOGGER, type Logger, recordOfAll, registry, within } from '@app/platform';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Gauge } from 'prom-client';
import type { EventEnvelope } from '../outbox/event';
import { QUEUES, type QueueName } from './queues';
import { BULLMQ_ATTEMPTS, CANARY, openQueue } from './queue-connection';
import { isQueueAway, QueueTrouble, QueueUnavailableError } from './queue-trouble';
import { redisFaults, redisInfo } from './redis-faults';

const SEND_TIMEOUT_MS = 6000;
const CLOSE_TIMEOUT_MS = 1000;
const ANSWER_TIMEOUT_MS = 2000;
/** More than ever wait when the line works: a queue that holds more is not listed. */
const LISTED_MAX = 50_000;
const LISTED_PER_PAGE = 1000;
/** In the order in which a job goes through them. One that failed goes back to the first. */
const HELD_STATES = ['delayed', 'prioritized', 'waiting', 'active'] as const;
/** A hundred years. */
const SENTINEL_DELAY_MS = 100 * 365 * 24 * 3_600_000;

const queueJobs = new Gauge({
  name: 'queue_jobs',
  help: 'Jobs by queue and state, as of the last heartbeat',
  labelNames: ['queue', 'state'],
  registers: [registry],
});

/** An event on its way into a queue. */
export interface Job {
  event: EventEnvelope;
  /** Whose job it is: the name of a subscription. */
  subscription: string;
  delayMs: number;
  /** 1 goes first. Equal priorities are first in, first out. */
  priority: number;
  /** Each replay of a dead letter is a job of its own. */
  replays?: number;
}

export interface QueueDepth {
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
}

/** The sending side of all queues. Only the relay adds jobs; nothing on a request path does. */
@Injectable()
export class QueuePublisher implements OnApplicationShutdown {
  private readonly queues = new Map<QueueName, Queue>();
  private readonly trouble: QueueTrouble;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.trouble = new QueueTrouble(config, logger);
  }

  /** Somebody found that the queue server is away: said now and then, whoever found it. */
  reportAway(error: unknown): void {
    this.trouble.away(error);
  }

  /** Adds the jobs. When it rejects, some may have been added: adding them again is harmless, as each has the same id again. */
  async send(name: QueueName, jobs: readonly Job[]): Promise<void> {
    const queue = this.queue(name);
    await withTimeout(
      queue.addBulk(
        jobs.map(({ event, subscription, delayMs, priority, replays }) => ({
          name: subscription,
          data: event,
          opts: {
            jobId: jobIdOf(event.id, subscription, replays),
            delay: delayMs,
            priority,
            attempts: BULLMQ_ATTEMPTS,
            backoff: { type: 'custom' },
            // A finished job that is kept makes a later add of the same id a silent no-op.
            removeOnComplete: true,
          },
        })),
      ),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
  }

  /** How many jobs wait, by priority from 1 to `priorityMax`; those that are held back or run are none of them. */
  async waitingByPriority(name: QueueName, priorityMax: number): Promise<number[]> {
    const priorities = Array.from({ length: priorityMax }, (_, index) => index + 1);
    const counts = await withTimeout(
      this.queue(name).getCountsPerPriority(priorities),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
    return priorities.map((priority) => counts[String(priority)] ?? 0);
  }

  /**
   * The aggregates that have a job of one of these names in the queue, waiting, held back or running; undefined when the queue holds
   * more than are looked at. A job that moves on while this reads is seen: its states are read in the order in which it goes through
   * them, each from its end.
   */
  async aggregatesIn(name: QueueName, jobNames: ReadonlySet<string>): Promise<Set<string> | undefined> {
    const found = new Set<string>();
    for (const state of [...HELD_STATES, 'delayed'] as const)
      for (let first = 0; ; first += LISTED_PER_PAGE) {
        if (first >= LISTED_MAX) return undefined;
        const jobs = await withTimeout(
          this.queue(name).getJobs([state], first, first + LISTED_PER_PAGE - 1),
          SEND_TIMEOUT_MS,
          `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
        );
        for (const job of jobs)
          if (jobNames.has(job.name) && typeof job.data?.aggregate_id === 'string') found.add(job.data.aggregate_id);
        if (jobs.length === 0) break;
      }
    return found;
  }

  /** A job that any worker finishes at once. Without a priority it goes before all that have one. */
  async sendCanary(name: QueueName, id: string): Promise<void> {
    await withTimeout(
      this.queue(name).add(CANARY, {}, { jobId: `canary-${id}`, attempts: BULLMQ_ATTEMPTS, removeOnComplete: true }),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
  }

  /** Puts a job into the queue that never comes up: as long as it is there, the queue was not emptied. */
  async putSentinel(name: QueueName, id: string): Promise<void> {
    await withTimeout(
      this.queue(name).add('sentinel', {}, { jobId: sentinelJobId(id), delay: SENTINEL_DELAY_MS }),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
  }

  async removeSentinel(name: QueueName, id: string): Promise<void> {
    await withTimeout(
      this.queue(name).remove(sentinelJobId(id)),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
  }

  async holdsSentinel(name: QueueName, id: string): Promise<boolean> {
    const job = await withTimeout(
      this.queue(name).getJob(sentinelJobId(id)),
      SEND_TIMEOUT_MS,
      `The ${name} queue did not answer within ${SEND_TIMEOUT_MS} ms.`,
    );
    return job !== undefined;
  }

  /** Jobs per queue and state, as the queue server counts them; the sentinel is none of them. */
  async depths(): Promise<Record<QueueName, QueueDepth>> {
    const depths = await recordOfAll(QUEUES, async (name) => {
      const counts = await withTimeout(
        this.queue(name).getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed'),
        SEND_TIMEOUT_MS,
        `The ${name} queue did not answer.`,
      );
      const depth: QueueDepth = {
        waiting: (counts.wait ?? 0) + (counts.prioritized ?? 0),
        delayed: Math.max(0, (counts.delayed ?? 0) - 1),
        active: counts.active ?? 0,
        failed: counts.failed ?? 0,
      };
      for (const [state, count] of Object.entries(depth)) queueJobs.set({ queue: name, state }, count);
      return depth;
    });
    this.trouble.over();
    return depths;
  }

  /** Whether the queue server answers. */
  async answers(): Promise<boolean> {
    const counted = withTimeout(this.queue(QUEUES[0]).getJobCounts('active'), ANSWER_TIMEOUT_MS, '');
    return counted.then(
      () => true,
      () => false,
    );
  }

  /** What is wrong with the queue server although it answers, a sentence each. Nothing is asked of queues in Postgres. */
  async serverFaults(): Promise<string[]> {
    if (!this.config.REDIS_URL) return [];
    const info = withTimeout(redisInfo(this.queue(QUEUES[0])), ANSWER_TIMEOUT_MS, 'Redis did not answer.');
    return redisFaults(await info);
  }

  /** After those that send. */
  async onApplicationShutdown(): Promise<void> {
    // close() can wait for ever for a server that is gone.
    await Promise.all([...this.queues.values()].map((queue) => within(queue.close(), CLOSE_TIMEOUT_MS)));
  }

  private queue(name: QueueName): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = openQueue(name, this.config);
      // Without a listener a lost connection would end the process; the relay's next send reports it.
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

/** BullMQ refuses ids of digits only and ids with a colon. No subscription's name has a digit, so no two of these are the same. */
function jobIdOf(eventId: string, subscription: string, replays: number | undefined): string {
  return `evt-${eventId}-${subscription}${replays ? `-${replays}` : ''}`;
}

function sentinelJobId(id: string): string {
  return `sentinel-${id}`;
}

function withTimeout<T>(work: Promise<T>, timeoutMs: number, message: string): Promise<T> {
  const answered = work.catch((error: Error) => {
    throw isQueueAway(error) ? new QueueUnavailableError(error.message, error) : error;
  });
  return inTime(answered, timeoutMs, new QueueUnavailableError(message));
}
