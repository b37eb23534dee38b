import type { QueueName } from '../queues';

/** Injection token of {@link Transport}. */
export const TRANSPORT = Symbol('Transport');

/** A job on its way into a queue. */
export interface Job {
  /** Names the job: adding it again while the queue has it, waiting, held back or running, changes nothing. */
  readonly id: string;
  /** Whose job it is: the name of a subscription. */
  readonly name: string;
  /** Whatever JSON can say. */
  readonly data: unknown;
  /** The job is handed out when this is over, at the earliest. */
  readonly delayMs: number;
  /** 0 goes before all others, then 1, 2, … Of equal ones the first that came goes first. */
  readonly priority: number;
}

/** A job as the queue hands it over. */
export interface ReceivedJob {
  readonly queue: string;
  readonly id: string;
  /** Its subscription's, or the type of its event in jobs of versions that knew one consumer per event. */
  readonly name: string;
  readonly data: unknown;
  /** How often this job was started, this time included: crashes of the worker count. */
  readonly starts: number;
  /** How often it was started and failed with an error. */
  readonly failures: number;
}

/** How many jobs a queue has in each of their states. */
export interface QueueDepth {
  waiting: number;
  delayed: number;
  active: number;
  /** Given up by the transport itself, where nobody looks: always 0, as what is given up is a dead letter in Postgres. */
  failed: number;
}

export interface ReceivingPolicy {
  /** Jobs at a time. */
  readonly concurrency: number;
  /** How long a job waits that has failed so often. */
  backoffMs(failures: number, job: Pick<ReceivedJob, 'name' | 'data'>): number;
}

/** One process that takes jobs of one queue. */
export interface Receiving {
  /** Takes no further jobs, from this call on; resolves when those that run have ended. It may never do so while the server is away. */
  close(): Promise<void>;
  /** Resolves when no further jobs are taken, whoever ended it. Never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Carries jobs from those who publish them to those who handle them, and may lose or repeat them: what must not be lost is in Postgres,
 * and what must not happen twice is guarded there. It never gives a job up: bounds on attempts, and dead letters, are for who handles
 * it. Every implementation runs `transport-conformance.db-spec.ts`. A call that gets no answer in time rejects with
 * QueueUnavailableError.
 */
export interface Transport {
  /** Rejects with a sentence that says what to do when this transport cannot be used as it was set up. */
  requireReady(): Promise<void>;

  /**
   * Resolves when the queue has all these jobs and hands them out whatever becomes of this process. When it rejects, some of them may be
   * there: publishing all of them again is harmless.
   */
  publish(queue: QueueName, jobs: readonly Job[]): Promise<void>;

  /**
   * Gives jobs to `handle`, several at a time. A job is acknowledged when its promise resolves, which is after the commit of its effect;
   * when it rejects, the job comes again after the policy's pause. A job whose process ends before either is handed out again, here or
   * elsewhere, with one more of its `starts`.
   */
  receive(queue: QueueName, handle: (job: ReceivedJob) => Promise<void>, policy: ReceivingPolicy): Receiving;

  /** How many jobs wait, by priority from 1 to `priorityMax`; those that are held back or run are none of them. */
  waitingByPriority(queue: QueueName, priorityMax: number): Promise<number[]>;

  /**
   * Shows every job that waits, is held back or runs, one that moves on meanwhile perhaps twice; sentinels are none. False when the transport cannot show
   * all: there are too many, or its server knows no such request.
   */
  list(queue: QueueName, look: (job: Pick<ReceivedJob, 'name' | 'data'>) => void): Promise<boolean>;

  /** Leaves a sign in the queue that is never handed out: as long as it is there, the queue was not emptied. */
  putSentinel(queue: QueueName, id: string): Promise<void>;
  removeSentinel(queue: QueueName, id: string): Promise<void>;
  holdsSentinel(queue: QueueName, id: string): Promise<boolean>;

  /** Jobs per queue and state; sentinels are none of them. */
  depths(): Promise<Record<QueueName, QueueDepth>>;
  /** Whether the server answers. */
  answers(): Promise<boolean>;
  /** What is wrong with the server although it answers, a sentence each. */
  serverFaults(): Promise<string[]>;

  /** Lets go of the server, after whoever publishes has stopped and every {@link Receiving} was closed. */
  close(): Promise<void>;
}
