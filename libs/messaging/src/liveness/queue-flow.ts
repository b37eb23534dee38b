import { CONFIG, type Config, registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { QUEUES, type QueueName } from '../queues';

const age = new Gauge({
  name: 'queue_last_job_age_seconds',
  help: 'Time since this worker last finished a job of the queue; canaries come several times within WORKER_STALLED_AFTER_MS',
  labelNames: ['queue'],
  registers: [registry],
});

/**
 * Whether jobs come through. A worker can stop taking jobs without a word while its process, its heartbeat and its connections
 * look well: what it handled is the only proof. Canaries give every queue something to handle.
 */
@Injectable()
export class QueueFlow {
  private readonly lastJobAt = new Map<QueueName, number>();
  private readonly stopped = new Set<QueueName>();
  private workers = 1;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    for (const queue of QUEUES) this.lastJobAt.set(queue, performance.now());
    Object.assign(age, { collect: () => this.ages().forEach(([queue, seconds]) => age.set({ queue }, seconds)) });
  }

  /** A job began or ended: whatever was, this worker serves the queue. */
  handled(queue: QueueName): void {
    this.stopped.delete(queue);
    this.lastJobAt.set(queue, performance.now());
  }

  /** The receiving side of the queue ended by itself. */
  ended(queue: QueueName): void {
    this.stopped.add(queue);
  }

  /** Any worker may take a canary: of n workers each must be given n times as long. */
  shareWith(workers: number): void {
    this.workers = Math.max(1, workers);
  }

  /** Seconds since the last job of each queue. */
  ages(now = performance.now()): [QueueName, number][] {
    return QUEUES.map((queue) => [queue, Math.max(0, now - this.lastJobAt.get(queue)!) / 1000]);
  }

  /** The queues that this worker does not serve any more. */
  stalled(now = performance.now()): QueueName[] {
    const seconds = (this.config.WORKER_STALLED_AFTER_MS / 1000) * this.workers;
    return this.ages(now)
      .filter(([queue, sinceLast]) => this.stopped.has(queue) || sinceLast > seconds)
      .map(([queue]) => queue);
  }
}
