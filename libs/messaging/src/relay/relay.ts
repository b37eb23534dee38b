import { randomUUID } from 'node:crypto';
import {
  CONFIG,
  type Config,
  errorCode,
  failpoint,
  isNoAnswer,
  LOGGER,
  type Logger,
  registry,
  SqlState,
  within,
} from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Counter } from 'prom-client';
import { ConsumerRegistry, DEFAULT_PRIORITY } from '../consumers/consumer-registry';
import type { EventConsumer } from '../consumers/event-consumer';
import { type Job, QueuePublisher } from '../queue/queue-publisher';
import { QueueUnavailableError } from '../queue/queue-trouble';
import type { QueueName } from '../queue/queues';
import type { EventEnvelope } from '../outbox/event';
import { type ClaimedEvent, OutboxRepository } from '../outbox/outbox.repository';
import { LineRate } from './line-rate';

const CLAIM_MAX = 1000;
const CLAIM_MIN = 10;
/** Jobs that wait in the queue while more wait in line: what the workers take until the next round, and twice that. */
const WINDOW_PER_WORKER_CONCURRENCY = 2;
const WINDOW_MIN = 50;
const IDLE_MS_MIN = 20;
const IDLE_MS_MAX = 250;
const FAILURE_PAUSE_MS = 1000;

const published = new Counter({
  name: 'outbox_published_total',
  help: 'Events handed to a queue, or found to have no consumer',
  registers: [registry],
});

/**
 * Carries events from the outbox to the queues: claim by lease, send, mark. Any number of relays work side by side. A crash
 * between send and mark sends the event again when the lease runs out: consumers are idempotent, by contract. An event of a type
 * that this version does not know stays for a relay that does: a worker that is still old must not drop what a new one sent.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  /** New for every process: a restarted relay must not pass for the one that crashed. */
  private readonly owner = randomUUID();
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  /** Halved when a claim takes too long: what the database can not do at once it may do in parts. */
  private claimMax = CLAIM_MAX;
  private readonly window: number;
  /** Room in the queue by rank, as it was counted last; undefined when something changed since. */
  private places: Map<number, number> | undefined;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly consumers: ConsumerRegistry,
    private readonly publisher: QueuePublisher,
    private readonly lineRate: LineRate,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.window = Math.max(WINDOW_MIN, WINDOW_PER_WORKER_CONCURRENCY * config.WORKER_CONCURRENCY);
  }

  onApplicationBootstrap(): void {
    this.running = true;
    this.loop = this.run();
  }

  onModuleDestroy(): void {
    this.running = false;
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await within(this.loop, this.config.SHUTDOWN_DEADLINE_MS / 2);
  }

  /** Publishes one batch and returns how many events it held. Its own loop calls it; so does who wants to see each batch. */
  async publishBatch(): Promise<number> {
    const events = await this.claim();
    if (events.length === 0) return 0;
    this.places = undefined;
    await failpoint('relay.afterClaim');
    const ids = events.map(({ id }) => id);
    try {
      for (const [position, [queue, jobs]] of [...this.route(events)].entries()) {
        if (position > 0) await failpoint('relay.halfPublished');
        await this.publisher.send(queue, jobs);
      }
    } catch (error) {
      await this.outbox.release(this.owner, ids).catch(() => undefined);
      throw error;
    }
    await failpoint('relay.afterPublish');
    await this.outbox.markPublished(this.owner, ids);
    published.inc(events.length);
    this.lineRate.add(events.filter(({ rank }) => rank !== null).length);
    return events.length;
  }

  private async claim(): Promise<ClaimedEvent[]> {
    const places = await this.countPlaces();
    try {
      const events = await this.outbox.claimUnpublished(
        this.owner,
        this.config.OUTBOX_LEASE_MS,
        this.claimMax,
        this.consumers.types,
        places,
      );
      this.claimMax = Math.min(CLAIM_MAX, this.claimMax * 2);
      return events;
    } catch (error) {
      if (isTooSlow(error)) this.claimMax = Math.max(CLAIM_MIN, Math.floor(this.claimMax / 2));
      throw error;
    }
  }

  /**
   * How many events of each rank the queue has room for. A rank's room is taken by what goes before it or with it, so a backlog of
   * lower ranks never keeps a higher one in line. Counted again only after something was sent, or while there is no room.
   */
  private async countPlaces(): Promise<Map<number, number>> {
    const { inLine } = this.consumers;
    if (this.places || !inLine?.line) return this.places ?? new Map();
    const last = Math.max(...inLine.line.map(({ jobPriority }) => jobPriority));
    const waiting = await this.publisher.waitingByPriority(inLine.queue, last);
    const places = new Map(
      inLine.line.map(({ rank, jobPriority }) => {
        const ahead = waiting.slice(0, jobPriority).reduce((sum, count) => sum + count, 0);
        return [rank, Math.min(this.claimMax, Math.max(0, this.window - ahead))] as const;
      }),
    );
    if ([...places.values()].every((free) => free === this.window)) this.places = places;
    return places;
  }

  private async run(): Promise<void> {
    let idleMs = IDLE_MS_MIN;
    while (this.running) {
      try {
        const count = await this.publishBatch();
        idleMs = count > 0 ? IDLE_MS_MIN : Math.min(IDLE_MS_MAX, idleMs * 2);
        if (count < this.claimMax) await this.pause(idleMs);
      } catch (error) {
        if (error instanceof QueueUnavailableError) this.publisher.reportAway(error.cause ?? error);
        else this.logger.warn({ err: error }, 'outbox.publish_failed');
        await this.pause(FAILURE_PAUSE_MS);
      }
    }
  }

  /** Jobs per queue. An event that nobody is to consume needs no job. */
  private route(events: readonly ClaimedEvent[]): Map<QueueName, Job[]> {
    const jobs = new Map<QueueName, Job[]>();
    for (const { replays, rank: _, ...event } of events) {
      const consumer = this.consumers.find(event.type);
      if (!consumer) continue;
      const job = { ...toJob(event, consumer), replays };
      const queued = jobs.get(consumer.queue);
      if (queued) queued.push(job);
      else jobs.set(consumer.queue, [job]);
    }
    return jobs;
  }

  private pause(ms: number): Promise<void> {
    if (!this.running) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The server ended the statement, or did not answer in time. */
function isTooSlow(error: unknown): boolean {
  return errorCode(error) === SqlState.QUERY_CANCELED || isNoAnswer(error);
}

/**
 * An event that its consumer can not read goes to it at once, and becomes a dead letter there. It must not throw here: one row
 * would stop every event behind it, for all relays.
 */
function toJob(event: EventEnvelope, consumer: EventConsumer): Job {
  const payload = consumer.events.find(({ type }) => type === event.type)?.payload.safeParse(event.payload);
  if (!payload?.success) return { event, delayMs: 0, priority: DEFAULT_PRIORITY };
  const read = { ...event, payload: payload.data };
  return {
    event,
    delayMs: consumer.delayMs?.(read) ?? 0,
    priority: consumer.priority?.(read) ?? DEFAULT_PRIORITY,
  };
}
