import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { DomainError, failpoint, inTime, isRecord, LOGGER, type Logger, registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { type EventEnvelope, envelopeSchema } from '../outbox/event';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
import { EVENT_CONSUMERS, type EventConsumers } from '../subscriptions/event-consumer';
import type { Subscription } from '../subscriptions/subscription';
import { isSubscriptionName, SubscriptionRegistry } from '../subscriptions/subscription-registry';
import type { ReceivedJob } from '../transports/transport';
import { afterFailure, apartMs, JOB_ATTEMPTS_MAX } from './retry-policy';

const handled = new Counter({
  name: 'jobs_handled_total',
  help: 'Jobs by queue and outcome',
  labelNames: ['queue', 'outcome'],
  registers: [registry],
});
const duration = new Histogram({
  name: 'job_duration_seconds',
  help: 'Time in the handler',
  labelNames: ['queue'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});

/** The job is in no shape that a consumer understands. */
class UnreadableJobError extends DomainError {
  readonly code = 'JOB_UNREADABLE';
  readonly kind = 'invalid';
}

/** The worker stopped again and again while it handled this job, so the job may be what stops it. */
class CrashingJobError extends DomainError {
  readonly code = 'JOB_CRASHES_WORKER';
  readonly kind = 'invalid';
}

/**
 * Parses a job, gives it to the consumer of its subscription, and decides what a failure means. Resolves when the job is done or kept
 * as a dead letter; rejects to ask the queue for a retry.
 */
@Injectable()
export class HandleJob {
  constructor(
    private readonly subscriptions: SubscriptionRegistry,
    @Inject(EVENT_CONSUMERS) private readonly consumers: EventConsumers,
    private readonly deadLetters: DeadLettersRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(job: ReceivedJob): Promise<void> {
    const envelope = envelopeSchema.safeParse(job.data);
    const subscription = this.subscriptions.find(job.name, typeOf(job), job.queue);
    const endTimer = duration.startTimer({ queue: job.queue });
    try {
      const crashes = job.starts - job.failures - 1;
      if (crashes >= attemptsMax(subscription))
        throw new CrashingJobError(`The worker stopped ${crashes} times while it handled this job.`);
      if (crashes > 0) await setTimeout(apartMs());
      if (!envelope.success) throw new UnreadableJobError(`Not an event: ${envelope.error.issues[0]?.message}`);
      // A version that is newer or older may know it: not given up at once.
      if (!subscription && isSubscriptionName(job.name)) throw new Error(`No subscription is called ${job.name}.`);
      await this.consume(envelope.data, subscription);
      handled.inc({ queue: job.queue, outcome: 'done' });
    } catch (error) {
      await this.fail(job, subscription, error);
    } finally {
      endTimer();
    }
  }

  private async consume(event: EventEnvelope, subscription: Subscription | undefined): Promise<void> {
    const type = subscription?.events.find(({ type }) => type === event.type);
    const consumer = subscription && this.consumers.get(subscription.consumer);
    if (!consumer || !type) throw new UnreadableJobError(`No consumer knows ${event.type}.`);
    const payload = type.payload.safeParse(event.payload);
    if (!payload.success)
      throw new UnreadableJobError(`The payload of ${event.type} is not valid: ${payload.error.message}`);
    await failpoint('job.started', { subject: event.aggregate_id });
    await bounded(subscription, (signal) => consumer.handle({ ...event, payload: payload.data }, signal));
  }

  private async fail(job: ReceivedJob, subscription: Subscription | undefined, error: unknown): Promise<void> {
    const verdict = afterFailure(error, job.failures + 1, attemptsMax(subscription));
    handled.inc({ queue: job.queue, outcome: verdict });
    const name = subscription?.name ?? (isSubscriptionName(job.name) ? job.name : null);
    if (verdict === 'retry') {
      this.logger.warn(
        { err: error, job: job.id, subscription: name, starts: job.starts, request_id: requestIdOf(job) },
        'job.retry',
      );
      throw error;
    }
    await this.deadLetters.keep({
      id: this.deadLetterId(job, name),
      queue: job.queue,
      subscription: name,
      type: typeOf(job),
      envelope: job.data,
      code: error instanceof DomainError ? error.code : 'UNEXPECTED',
      reason: error instanceof Error ? error.message : String(error),
      attempts: job.starts,
    });
    this.logger.error(
      { err: error, job: job.id, subscription: name, starts: job.starts, request_id: requestIdOf(job) },
      'job.dead_letter',
    );
  }

  /**
   * One per event and subscription: the event's id for the first subscription of its type, to which the dead letters of versions that
   * knew one consumer per event belong. So no id becomes another one when a subscription is added.
   */
  private deadLetterId(job: ReceivedJob, name: string | null): string {
    const event = envelopeSchema.shape.id.safeParse(fieldsOf(job).id);
    if (!event.success) return uuidOf(`${job.queue}/${job.id}`);
    const [first] = this.subscriptions.of(typeOf(job));
    return name === null || name === first?.name ? event.data : uuidOf(`${event.data}/${name}`);
  }
}

function attemptsMax(subscription: Subscription | undefined): number {
  return subscription?.attemptsMax ?? JOB_ATTEMPTS_MAX;
}

/** Rejects when the work takes longer than the subscription's bound. Work that does not listen to its signal goes on meanwhile. */
function bounded({ name, timeoutMs }: Subscription, work: (signal?: AbortSignal) => Promise<void>): Promise<void> {
  if (timeoutMs === undefined) return work();
  const over = new AbortController();
  const late = new Error(`${name} was not done within ${timeoutMs} ms.`);
  return inTime(work(over.signal), timeoutMs, late).finally(() => over.abort());
}

/** The request that the job goes back to, when the job is readable so far. */
function requestIdOf(job: ReceivedJob): unknown {
  return fieldsOf(job).correlation_id;
}

/** What is in a job, which may be anything. */
function fieldsOf({ data }: ReceivedJob): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

function typeOf(job: ReceivedJob): string {
  const { type } = fieldsOf(job);
  return typeof type === 'string' ? type : 'unknown';
}

/** The same UUID for the same text. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
