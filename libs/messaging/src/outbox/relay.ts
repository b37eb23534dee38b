import { randomUUID } from 'node:crypto';
import { CONFIG, type Config, failpoint, LOGGER, type Logger, registry, within } from '@app/platform';
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
import type { QueueName } from '../queue/queues';
import type { EventEnvelope } from './event';
import { type ClaimedEvent, OutboxRepository } from './outbox.repository';

const CLAIM_MAX = 1000;
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

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly consumers: ConsumerRegistry,
    private readonly publisher: QueuePublisher,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

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
    const events = await this.outbox.claimUnpublished(
      this.owner,
      this.config.OUTBOX_LEASE_MS,
      CLAIM_MAX,
      this.consumers.types,
    );
    if (events.length === 0) return 0;
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
    return events.length;
  }

  private async run(): Promise<void> {
    let idleMs = IDLE_MS_MIN;
    while (this.running) {
      try {
        const count = await this.publishBatch();
        idleMs = count > 0 ? IDLE_MS_MIN : Math.min(IDLE_MS_MAX, idleMs * 2);
        if (count < CLAIM_MAX) await this.pause(idleMs);
      } catch (error) {
        this.logger.warn({ err: error }, 'outbox.publish_failed');
        await this.pause(FAILURE_PAUSE_MS);
      }
    }
  }

  /** Jobs per queue. An event that nobody is to consume needs no job. */
  private route(events: readonly ClaimedEvent[]): Map<QueueName, Job[]> {
    const jobs = new Map<QueueName, Job[]>();
    for (const { replays, ...event } of events) {
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
