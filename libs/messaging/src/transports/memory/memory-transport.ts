import { recordOf } from '@app/platform';
import { QUEUES, type QueueName } from '../../queues';
import { QueueUnavailableError } from '../errors';
import type { Job, QueueDepth, ReceivedJob, Receiving, ReceivingPolicy, Transport } from '../transport';
import { type StoredJob, MemoryBroker } from './memory-broker';

const TIMER_MS_MAX = 2 ** 31 - 1;

/** For tests: what one process knows of a {@link MemoryBroker}. Several on one broker are several processes. */
export class MemoryTransport implements Transport {
  private readonly receivings = new Set<MemoryReceiving>();
  private isClosed = false;

  constructor(private readonly broker = new MemoryBroker()) {}

  async requireReady(): Promise<void> {
    this.requireOpen();
  }

  async publish(queue: QueueName, jobs: readonly Job[]): Promise<void> {
    this.requireOpen();
    for (const job of jobs) this.broker.add(queue, job);
  }

  receive(queue: QueueName, handle: (job: ReceivedJob) => Promise<void>, policy: ReceivingPolicy): Receiving {
    this.requireOpen();
    const receiving = new MemoryReceiving(this.broker, queue, handle, policy);
    this.receivings.add(receiving);
    return receiving;
  }

  async waitingByPriority(queue: QueueName, priorityMax: number): Promise<number[]> {
    this.requireOpen();
    const counts = Array<number>(priorityMax).fill(0);
    for (const { priority } of this.broker.due(queue))
      if (priority > 0 && priority <= priorityMax) counts[priority - 1]! += 1;
    return counts;
  }

  async list(queue: QueueName, look: (job: Pick<ReceivedJob, 'name' | 'data'>) => void): Promise<boolean> {
    this.requireOpen();
    const all = [...this.broker.held(), ...this.broker.active()];
    all.filter((job) => job.queue === queue).forEach((job) => look(job));
    return true;
  }

  async putSentinel(queue: QueueName, id: string): Promise<void> {
    this.requireOpen();
    this.broker.putSentinel(queue, id);
  }

  async removeSentinel(queue: QueueName, id: string): Promise<void> {
    this.requireOpen();
    this.broker.removeSentinel(queue, id);
  }

  async holdsSentinel(queue: QueueName, id: string): Promise<boolean> {
    this.requireOpen();
    return this.broker.holdsSentinel(queue, id);
  }

  async depths(): Promise<Record<QueueName, QueueDepth>> {
    this.requireOpen();
    return recordOf(QUEUES, (queue) => this.broker.depth(queue));
  }

  async answers(): Promise<boolean> {
    return !this.isClosed;
  }

  async serverFaults(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** As kill -9 of the process: what it was handling is handed out again. */
  kill(): void {
    this.isClosed = true;
    for (const receiving of this.receivings) receiving.abandon();
  }

  private requireOpen(): void {
    if (this.isClosed) throw new QueueUnavailableError('The transport is closed.');
  }
}

class MemoryReceiving implements Receiving {
  readonly ended: Promise<void>;
  private readonly running = new Map<StoredJob, Promise<void>>();
  private readonly stopListening: () => void;
  private end: () => void = () => undefined;
  private isClosed = false;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly broker: MemoryBroker,
    private readonly queue: QueueName,
    private readonly handle: (job: ReceivedJob) => Promise<void>,
    private readonly policy: ReceivingPolicy,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.stopListening = broker.onArrival(() => this.lookSoon());
    this.lookSoon();
  }

  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.running.values());
  }

  /** Ends without a word to those that run: another one gets their jobs. */
  abandon(): void {
    this.stop();
    for (const job of this.running.keys()) this.broker.giveBack(job);
  }

  private stop(): void {
    this.isClosed = true;
    this.stopListening();
    clearTimeout(this.timer);
    this.end();
  }

  /** Never within the call that added a job: nobody's transport does that. */
  private lookSoon(): void {
    queueMicrotask(() => this.look());
  }

  private look(): void {
    if (this.isClosed) return;
    // One time for both questions: a job that came up between two would be neither taken nor waited for.
    const now = this.broker.now();
    while (this.running.size < this.policy.concurrency) {
      const next = this.broker.next(this.queue, now);
      if (!next) break;
      const job = this.broker.take(next);
      const done = this.run(job).finally(() => {
        this.running.delete(job);
        this.lookSoon();
      });
      this.running.set(job, done);
    }
    clearTimeout(this.timer);
    const dueInMs = this.broker.nextDueInMs(this.queue, now);
    if (dueInMs !== undefined) this.timer = setTimeout(() => this.look(), Math.min(dueInMs, TIMER_MS_MAX));
  }

  private async run(job: StoredJob): Promise<void> {
    try {
      await this.handle(job);
      this.broker.finish(job);
    } catch {
      this.broker.fail(job, this.policy.backoffMs(job.failures + 1, job));
    }
  }
}
