import type { QueueName } from '@app/messaging';
import type { SeededRandom } from '../support/seed';

interface SentJob {
  event: { id: string };
  subscription: string;
}

/** A job as it lies in the queue. */
export interface QueuedJob {
  queue: QueueName;
  event: { id: string };
  subscription: string;
  starts: number;
  failures: number;
}

/**
 * What may be expected of a queue at worst: it hands out in any order, hands out twice, and may lose everything at once. Of a job
 * that waits already it keeps one, as BullMQ does.
 */
export class SimulatedQueue {
  waiting: QueuedJob[] = [];
  private active = new Set<QueuedJob>();
  private readonly sentinels = new Set<string>();

  constructor(private readonly random: SeededRandom) {}

  add(queue: QueueName, { event, subscription }: SentJob): void {
    const isKnown = (job: QueuedJob) => job.event.id === event.id && job.subscription === subscription;
    if (!this.waiting.some(isKnown) && ![...this.active].some(isKnown))
      this.waiting.push({ queue, event, subscription, starts: 0, failures: 0 });
  }

  /** Gives out any job that waits; sometimes it goes on waiting all the same. */
  take(mayRepeat: boolean): QueuedJob | undefined {
    if (this.waiting.length === 0) return undefined;
    const index = this.random.below(this.waiting.length);
    const job = this.waiting[index]!;
    if (mayRepeat && this.random.chance(0.1)) {
      return { ...job, starts: job.starts + 1 };
    }
    this.waiting.splice(index, 1);
    job.starts++;
    this.active.add(job);
    return job;
  }

  /** It is done, and forgotten. */
  finish(job: QueuedJob): void {
    this.active.delete(job);
  }

  /** Its worker crashed, or asked to try again. */
  giveBack(job: QueuedJob, failed: boolean): void {
    if (failed) job.failures++;
    if (this.active.delete(job)) this.waiting.push(job);
  }

  putSentinel(queue: QueueName, id: string): void {
    this.sentinels.add(`${queue} ${id}`);
  }

  removeSentinel(queue: QueueName, id: string): void {
    this.sentinels.delete(`${queue} ${id}`);
  }

  holdsSentinel(queue: QueueName, id: string): boolean {
    return this.sentinels.has(`${queue} ${id}`);
  }

  /** FLUSHALL. */
  loseEverything(): void {
    this.waiting = [];
    this.active.clear();
    this.sentinels.clear();
  }
}
