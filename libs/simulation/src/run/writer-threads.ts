import { within } from '@app/platform';
import { Piscina } from 'piscina';
import type { ThreadData, ThreadResult, ThreadTask } from './insert-thread';

const CLOSES_WITHIN_MS = 5000;
const NICE_INCREMENT = 10;

/** The bounded pool: never more threads than asked for, each with one attempt at a time. A thread that dies is replaced. */
export class WriterThreads {
  private readonly pool: Piscina<ThreadTask | undefined, ThreadResult>;

  constructor(
    threadFile: string,
    private readonly threads: number,
    workerData: ThreadData,
    yieldsToOthers: boolean,
  ) {
    this.pool = new Piscina({
      filename: threadFile,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
      // Otherwise an idle thread sleeps so deeply that it does not notice the end of a connection.
      atomics: 'disabled',
      // Elsewhere it would be the priority of the whole process.
      niceIncrement: yieldsToOthers && process.platform === 'linux' ? NICE_INCREMENT : 0,
      workerData,
    });
    // A thread that dies with nothing to do: the next attempt gets its replacement.
    this.pool.on('error', () => undefined);
  }

  /** Rejects when the thread throws or dies, or takes longer than `timeoutMs`, which ends the thread. */
  async run(task: ThreadTask, timeoutMs: number): Promise<ThreadResult> {
    const late = new AbortController();
    // Ended with the attempt: a timer of its own for each of a hundred thousand rows would keep them all in memory.
    const timer = setTimeout(() => late.abort(), timeoutMs);
    try {
      return await this.pool.run(task, { signal: late.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Connections first, then the threads. Whoever does not answer is ended all the same. */
  async close(): Promise<void> {
    // All threads are idle, and each takes one of as many tasks as there are threads.
    const closed = Array.from({ length: this.threads }, () => this.pool.run(undefined, { name: 'close' }));
    await within(Promise.allSettled(closed), CLOSES_WITHIN_MS);
    await this.pool.destroy();
  }
}
