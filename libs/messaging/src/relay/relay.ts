import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { type ClaimedEvent, OutboxRepository } from '../outbox/outbox.repository';
import type { QueueName } from '../queues';
import { DEFAULT_PRIORITY, type Subscription } from '../subscriptions/subscription';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';
import { QueueUnavailableError } from '../transports/errors';
import { type Job, type Transport, TRANSPORT } from '../transports/transport';
import { jobOf } from './job-of';
import { BeginRate } from './begin-rate';

const CLAIM_MAX = 1000;
const CLAIM_MIN = 10;
/** Jobs that wait in the queue while more events wait for their turn: what the workers take until the next round, and twice that. */
const WINDOW_PER_WORKER_CONCURRENCY = 2;
const WINDOW_MIN = 50;
const IDLE_MS_MIN = 20;
const IDLE_MS_MAX = 250;
const FAILURE_PAUSE_MS = 1000;
/** Where a job goes whose subscription this version does not know: a worker that does takes it from whatever queue. */
const QUEUE_OF_UNKNOWN: QueueName = 'maintenance';

const published = new Counter({
  name: 'outbox_published_total',
  help: 'Events handed to a queue, or found to have no consumer',
  registers: [registry],
});

/**
 * Carries events from the outbox to the queues, one job for each subscription: claim by lease, send, mark. Any number of relays work
 * side by side. A crash between send and mark sends all jobs of an event again when the lease runs out: consumers are idempotent, by
 * contract. An event of a type that this version does not know stays for a relay that does: a worker that is still old must not drop
 * what a new one sent.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  /** New for every process: a restarted relay must not pass for the one that crashed. */
  private readonly owner = randomUUID();
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  /** Halved when a claim takes too long: what the database can not do at once it may do in parts. */
  private claimMax = CLAIM_MAX;
  private readonly window: number;
  /** Room in the queue by rank, as it was counted last; undefined when something changed since. */
  private places: Map<number, number> | undefined;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly subscriptions: SubscriptionRegistry,
    @Inject(TRANSPORT) private readonly transport: Transport,
    private readonly beginRate: BeginRate,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.window = Math.max(WINDOW_MIN, WINDOW_PER_WORKER_CONCURRENCY * config.WORKER_CONCURRENCY);
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  onModuleDestroy(): void {
    this.stopping.abort();
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
        await this.transport.publish(queue, jobs);
      }
    } catch (error) {
      await this.outbox.release(this.owner, ids).catch(() => undefined);
      throw error;
    }
    await failpoint('relay.afterPublish');
    await this.outbox.markPublished(this.owner, ids);
    published.inc(events.length);
    this.beginRate.add(events.filter(({ rank }) => rank !== null).length);
    return events.length;
  }

  private async claim(): Promise<ClaimedEvent[]> {
    const places = await this.countPlaces();
    try {
      const events = await this.outbox.claimUnpublished(
        this.owner,
        this.config.OUTBOX_LEASE_MS,
        this.claimMax,
        this.subscriptions.types,
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
   * lower ranks never keeps a higher one waiting. Counted again only after something was sent, or while there is no room.
   */
  private async countPlaces(): Promise<Map<number, number>> {
    const { ranked } = this.subscriptions;
    if (this.places || !ranked?.ranks) return this.places ?? new Map();
    const last = Math.max(...ranked.ranks.map(({ jobPriority }) => jobPriority));
    const waiting = await this.transport.waitingByPriority(ranked.queue, last);
    const places = new Map(
      ranked.ranks.map(({ rank, jobPriority }) => {
        const ahead = waiting.slice(0, jobPriority).reduce((sum, count) => sum + count, 0);
        return [rank, Math.min(this.claimMax, Math.max(0, this.window - ahead))] as const;
      }),
    );
    if ([...places.values()].every((free) => free === this.window)) this.places = places;
    return places;
  }

  private async run(): Promise<void> {
    let idleMs = IDLE_MS_MIN;
    while (!this.stopping.signal.aborted) {
      try {
        const count = await this.publishBatch();
        idleMs = count > 0 ? IDLE_MS_MIN : Math.min(IDLE_MS_MAX, idleMs * 2);
        if (count < this.claimMax) await this.pause(idleMs);
      } catch (error) {
        // That its server is away is said by the transport, now and then.
        if (!(error instanceof QueueUnavailableError)) this.logger.warn({ err: error }, 'outbox.publish_failed');
        await this.pause(FAILURE_PAUSE_MS);
      }
    }
  }

  /** Jobs per queue. An event that nobody subscribes to needs none. */
  private route(events: readonly ClaimedEvent[]): Map<QueueName, Job[]> {
    const jobs = new Map<QueueName, Job[]>();
    for (const claimed of events)
      for (const { queue, job } of this.jobsOf(claimed)) {
        const queued = jobs.get(queue);
        if (queued) queued.push(job);
        else jobs.set(queue, [job]);
      }
    return jobs;
  }

  /**
   * A job for each subscription, or for those alone that an event is sent to again. An event that no consumer can read goes to all of
   * them at once, and becomes their dead letter. It must not throw here: one row would stop every event behind it, for all relays.
   */
  private jobsOf(claimed: ClaimedEvent): { queue: QueueName; job: Job }[] {
    const { replays, subscriptions: names, rank: _, ...event } = claimed;
    const payload = this.subscriptions.eventOf(event.type)?.payload.safeParse(event.payload);
    const read = payload?.success ? { ...event, payload: payload.data } : undefined;
    const toJob = (subscription: Subscription) => {
      const delayMs = (read && subscription.delayMs?.(read)) ?? 0;
      const priority = (read && subscription.priority?.(read)) ?? DEFAULT_PRIORITY;
      const delivery = { subscription: subscription.name, delayMs, priority, replays };
      return { queue: subscription.queue, job: jobOf(event, delivery) };
    };
    if (!names) return this.subscriptions.of(event.type).map(toJob);
    return [...new Set(names)].map((name) => {
      const subscription = this.subscriptions.find(name, event.type);
      if (subscription) return toJob(subscription);
      const delivery = { subscription: name, delayMs: 0, priority: DEFAULT_PRIORITY, replays };
      return { queue: QUEUE_OF_UNKNOWN, job: jobOf(event, delivery) };
    });
  }

  /** Ends early when the process stops. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** The server ended the statement, or did not answer in time. */
function isTooSlow(error: unknown): boolean {
  return errorCode(error) === SqlState.QUERY_CANCELED || isNoAnswer(error);
}
