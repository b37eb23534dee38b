import { QueueUnavailableError } from '../errors';
import type { Job, QueueDepth, ReceivedJob } from '../transport';

/** A job as the broker holds it. */
export interface StoredJob extends Job, ReceivedJob {
  /** When it may be handed out, by the broker's clock. */
  readonly dueAt: number;
  /** How many came before it. */
  readonly arrival: number;
}

export interface BrokerOptions {
  /** Milliseconds; one that stands still makes runs repeatable, and holds back what has a delay. */
  now?: () => number;
  /** Jobs of all queues together: more are refused, as by a server whose memory is full. */
  jobsMax?: number;
}

/**
 * What the server of its queues is to other transports, in the memory of one process: transports come and go, it stays. Nothing happens
 * in it by itself. Its primitives take effect at once, so that a simulation can decide what happens between any two of them.
 */
export class MemoryBroker {
  readonly now: () => number;
  private readonly stored = new Map<string, StoredJob>();
  private readonly running = new Map<string, StoredJob>();
  private readonly sentinels = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly jobsMax: number;
  private arrivals = 0;

  constructor({ now = Date.now, jobsMax = 100_000 }: BrokerOptions = {}) {
    this.now = now;
    this.jobsMax = jobsMax;
  }

  /** Keeps what it has of a job that it knows. */
  add(queue: string, job: Job): void {
    const key = keyOf(queue, job.id);
    if (this.stored.has(key) || this.running.has(key)) return;
    if (this.stored.size + this.running.size >= this.jobsMax)
      throw new QueueUnavailableError(`The queues hold ${this.jobsMax} jobs, which is all they can.`);
    // What is handed out has been through JSON, as with every other transport.
    const data: unknown = JSON.parse(JSON.stringify(job.data));
    this.hold({ ...job, data, queue, starts: 0, failures: 0, dueAt: 0, arrival: 0 }, job.delayMs);
  }

  /** All jobs that wait or are held back, in the order in which they are handed out when everything is due. */
  held(): StoredJob[] {
    return [...this.stored.values()].sort(inTurn);
  }

  active(): StoredJob[] {
    return [...this.running.values()];
  }

  /** What a queue hands out now, in order. */
  due(queue: string): StoredJob[] {
    const now = this.now();
    return this.held().filter((job) => job.queue === queue && job.dueAt <= now);
  }

  /** The first that is due at a time, which is now unless it is given. */
  next(queue: string, now = this.now()): StoredJob | undefined {
    let first: StoredJob | undefined;
    for (const job of this.stored.values())
      if (job.queue === queue && job.dueAt <= now && (!first || inTurn(job, first) < 0)) first = job;
    return first;
  }

  /** How many milliseconds after that time the first job of the queue that is held back is due; undefined when none is. */
  nextDueInMs(queue: string, now = this.now()): number | undefined {
    const due = [...this.stored.values()].filter((job) => job.queue === queue && job.dueAt > now);
    return due.length > 0 ? Math.min(...due.map(({ dueAt }) => dueAt - now)) : undefined;
  }

  /** Hands a waiting job out: whoever has what this returns finishes it, lets it fail, or gives it back. */
  take(job: StoredJob): StoredJob {
    const key = keyOf(job.queue, job.id);
    const taken = { ...job, starts: job.starts + 1 };
    this.stored.delete(key);
    this.running.set(key, taken);
    return taken;
  }

  /** It is done, and forgotten. Without effect when it was lost, or is not the caller's any more; so are the next two. */
  finish(taken: StoredJob): void {
    this.release(taken);
  }

  /** It failed: it comes again when the pause is over. */
  fail(taken: StoredJob, pauseMs: number): void {
    if (this.release(taken)) this.hold({ ...taken, failures: taken.failures + 1 }, pauseMs);
  }

  /** Who had it is gone. */
  giveBack(taken: StoredJob): void {
    if (this.release(taken)) this.hold(taken, 0);
  }

  putSentinel(queue: string, id: string): void {
    this.sentinels.add(keyOf(queue, id));
  }

  removeSentinel(queue: string, id: string): void {
    this.sentinels.delete(keyOf(queue, id));
  }

  holdsSentinel(queue: string, id: string): boolean {
    return this.sentinels.has(keyOf(queue, id));
  }

  depth(queue: string): QueueDepth {
    const held = this.held().filter((job) => job.queue === queue).length;
    const waiting = this.due(queue).length;
    const active = this.active().filter((job) => job.queue === queue).length;
    return { waiting, delayed: held - waiting, active, failed: 0 };
  }

  /** FLUSHALL. */
  loseEverything(): void {
    this.stored.clear();
    this.running.clear();
    this.sentinels.clear();
  }

  /** Calls back whenever there may be something new to take, until the function that this returns is called. */
  onArrival(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private hold(job: StoredJob, delayMs: number): void {
    const held = { ...job, dueAt: this.now() + delayMs, arrival: this.arrivals++ };
    this.stored.set(keyOf(job.queue, job.id), held);
    for (const listener of this.listeners) listener();
  }

  private release(taken: StoredJob): boolean {
    const key = keyOf(taken.queue, taken.id);
    return this.running.get(key) === taken && this.running.delete(key);
  }
}

function keyOf(queue: string, id: string): string {
  return `${queue} ${id}`;
}

function inTurn(one: StoredJob, other: StoredJob): number {
  return one.priority - other.priority || one.dueAt - other.dueAt || one.arrival - other.arrival;
}
