import { createHash } from 'node:crypto';
import { DomainError, failpoint, isRecord, LOGGER, type Logger, registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { type EventEnvelope, envelopeSchema } from '../outbox/event';
import { ConsumerRegistry } from './consumer-registry';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
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

/** A job as the queue hands it over. */
export interface ReceivedJob {
  queue: string;
  id: string;
  data: unknown;
  /** How often this job was started, this time included: crashes of the worker count. */
  starts: number;
  /** How often it was started and failed with an error. */
  failures: number;
}

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
 * Parses a job, gives it to its consumer, and decides what a failure means. Resolves when the job is done or kept as a dead
 * letter; rejects to ask the queue for a retry.
 */
@Injectable()
export class HandleJob {
  constructor(
    private readonly consumers: ConsumerRegistry,
    private readonly deadLetters: DeadLettersRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(job: ReceivedJob): Promise<void> {
    const envelope = envelopeSchema.safeParse(job.data);
    const endTimer = duration.startTimer({ queue: job.queue });
    try {
      const crashes = job.starts - job.failures - 1;
      if (crashes >= JOB_ATTEMPTS_MAX)
        throw new CrashingJobError(`The worker stopped ${crashes} times while it handled this job.`);
      if (crashes > 0) await new Promise((resolve) => setTimeout(resolve, apartMs()));
      if (!envelope.success) throw new UnreadableJobError(`Not an event: ${envelope.error.issues[0]?.message}`);
      await this.consume(envelope.data);
      handled.inc({ queue: job.queue, outcome: 'done' });
    } catch (error) {
      await this.fail(job, error);
    } finally {
      endTimer();
    }
  }

  private async consume(event: EventEnvelope): Promise<void> {
    const consumer = this.consumers.find(event.type);
    const type = consumer?.events.find(({ type }) => type === event.type);
    if (!consumer || !type) throw new UnreadableJobError(`No consumer knows ${event.type}.`);
    const payload = type.payload.safeParse(event.payload);
    if (!payload.success)
      throw new UnreadableJobError(`The payload of ${event.type} is not valid: ${payload.error.message}`);
    await failpoint('job.started', { subject: event.aggregate_id });
    await consumer.handle({ ...event, payload: payload.data });
  }

  private async fail(job: ReceivedJob, error: unknown): Promise<void> {
    const verdict = afterFailure(error, job.failures + 1);
    handled.inc({ queue: job.queue, outcome: verdict });
    if (verdict === 'retry') {
      this.logger.warn({ err: error, job: job.id, starts: job.starts, request_id: requestIdOf(job) }, 'job.retry');
      throw error;
    }
    const { type } = fieldsOf(job);
    await this.deadLetters.keep({
      id: deadLetterId(job),
      queue: job.queue,
      type: typeof type === 'string' ? type : 'unknown',
      envelope: job.data,
      code: error instanceof DomainError ? error.code : 'UNEXPECTED',
      reason: error instanceof Error ? error.message : String(error),
      attempts: job.starts,
    });
    this.logger.error({ err: error, job: job.id, starts: job.starts, request_id: requestIdOf(job) }, 'job.dead_letter');
  }
}

/** The request that the job goes back to, when the job is readable so far. */
function requestIdOf(job: ReceivedJob): unknown {
  return fieldsOf(job).correlation_id;
}

/** What is in a job, which may be anything. */
function fieldsOf({ data }: ReceivedJob): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

function deadLetterId(job: ReceivedJob): string {
  const id = envelopeSchema.shape.id.safeParse(fieldsOf(job).id);
  if (id.success) return id.data;
  const hash = createHash('sha256').update(`${job.queue}/${job.id}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
