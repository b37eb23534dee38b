import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DeadLettersRepository,
  type EventConsumer,
  type EventEnvelope,
  type EventConsumers,
  HandleJob,
  BeginRate,
  OutboxRepository,
  Relay,
  SubscriptionRegistry,
  type Transport,
} from '@app/messaging';
import {
  CancelOrder,
  CannotCancelOrderError,
  CompleteStage,
  FulfillmentSteps,
  PlaceOrders,
  ResumeOrders,
  SweepStaleBatches,
} from '@app/orders';
import { createLogger, Transactions, UnavailableError } from '@app/platform';
import type { Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { ResumeOrdersConsumer } from '../../apps/worker/src/orders/resume-orders.consumer';
import { RunStageConsumer } from '../../apps/worker/src/orders/run-stage.consumer';
import { subscriptionsOf, UNCONSUMED } from '../../apps/worker/src/subscriptions';
import { WatchQueues } from '../../libs/messaging/src/liveness/watch-queues';
import { MemoryBroker, type StoredJob } from '../../libs/messaging/src/transports/memory/memory-broker';
import { MemoryTransport } from '../../libs/messaging/src/transports/memory/memory-transport';
import type { TestDatabase } from '../support/database';
import { aPlacement, lines } from '../support/factories';
import { type SeededRandom, seededRandom } from '../support/seed';
import { TESTER } from '../support/principals';
import { Actor, type Verdict } from './actor';
import { Counterexample, OutboxLedger } from './outbox-ledger';

const RELAYS = 3;
const WORKERS = 3;
const WATCHERS = 2;
const ORDERS_MAX = 12;
/** How often a job is handed out, and goes on waiting all the same. */
const REPETITION = 0.1;
const STEPS_TO_REST_MAX = 5000;
/** A job that stops its worker eight times is given up; here it is the schedule that stops it. */
const CRASHES_OF_A_JOB_MAX = 5;

let runs = 0;

/**
 * The real relay, outbox, job handling, stages and watch for lost queues on a real Postgres, around queues in memory. A schedule that
 * follows from a seed decides who moves next, who crashes where, whose lease runs out, what fails and when the queues lose all they
 * hold. They are the worst that may be expected of queues: they hand out in any order, and twice. Nothing depends on the clock, so a
 * seed repeats its run.
 */
export class MessagingSimulation {
  /** What happened, in order. */
  readonly trace: string[] = [];
  private readonly random: SeededRandom;
  private readonly broker = new MemoryBroker({ now: () => 0 });
  private readonly ledger: OutboxLedger;
  private readonly acting = new AsyncLocalStorage<Actor>();
  private readonly actors: { actor: Actor; body: (actor: Actor) => () => Promise<void> }[] = [];
  private readonly owners = new Map<string, string>();
  private readonly jobs = new Map<Actor, StoredJob>();
  private readonly subscriptions: SubscriptionRegistry;
  private readonly consumers: EventConsumers;
  private readonly run = (++runs).toString(16).padStart(8, '0');
  private placed = 0;
  private crashes = 0;

  constructor(
    seed: number,
    private readonly database: TestDatabase,
    private readonly app: TestingModule,
    private readonly product: number,
  ) {
    this.random = seededRandom(seed);
    const steps = app.get(FulfillmentSteps, { strict: false });
    jest.spyOn(steps, 'perform').mockImplementation(async () => {
      await this.step('perform');
      return { succeeded: true };
    });
    const resume = new ResumeOrdersConsumer(app.get(ResumeOrders), app.get(SweepStaleBatches));
    this.consumers = new Map<Type<EventConsumer>, EventConsumer>([
      [RunStageConsumer, new RunStageConsumer(app.get(CompleteStage))],
      [ResumeOrdersConsumer, resume],
    ]);
    const subscriptions = subscriptionsOf(database.config).filter(({ consumer }) => this.consumers.has(consumer));
    this.subscriptions = new SubscriptionRegistry(subscriptions, { unconsumed: UNCONSUMED });
    this.ledger = new OutboxLedger((type) => this.subscriptions.of(type).length > 0);
  }

  /** Takes so many steps with faults, then heals and runs until everything is at rest. Throws Counterexample. */
  async execute(steps: number): Promise<void> {
    for (let n = 1; n <= RELAYS; n++) await this.enter(`relay ${n}`, (actor) => this.relay(actor));
    for (let n = 1; n <= WORKERS; n++) await this.enter(`worker ${n}`, (actor) => this.worker(actor));
    for (let n = 1; n <= WATCHERS; n++) await this.enter(`watcher ${n}`, (actor) => this.watcher(actor));
    for (let step = 0; step < steps; step++)
      await this.disturbOr(() => this.advance(this.random.chance(0.05) ? 'fail' : 'go'));
    await this.leasesRunOut([...this.owners.keys()]);
    this.trace.push('healed');
    for (let step = 0; !(step % 20 === 0 && (await this.isAtRest())); step++) {
      if (step > STEPS_TO_REST_MAX) throw new Counterexample(`not at rest after ${step} steps without a fault`);
      await this.advance('go');
    }
  }

  get orderIds(): string[] {
    return Array.from({ length: this.placed }, (_, index) => this.orderId(index));
  }

  private async disturbOr(advance: () => Promise<void>): Promise<void> {
    const chance = this.random.below(1000);
    if (chance < 40 && this.placed < ORDERS_MAX) return this.place();
    if (chance < 50 && this.placed > 0) return this.cancel(this.orderId(this.random.below(this.placed)));
    if (chance < 100) return this.crash();
    if (chance < 140) return this.leasesRunOut([this.random.pick([...this.owners.keys(), ''])]);
    if (chance < 146) {
      this.trace.push('the queue loses everything');
      return this.broker.loseEverything();
    }
    return advance();
  }

  private async enter(name: string, body: (actor: Actor) => () => Promise<void>): Promise<void> {
    const actor = new Actor(name);
    this.actors.push({ actor, body });
    const work = body(actor);
    await this.acting.run(actor, () => actor.start(work));
  }

  private async advance(verdict: Verdict): Promise<void> {
    const { actor } = this.random.pick(this.actors);
    this.trace.push(`${actor.name}: ${actor.at}${verdict === 'fail' ? ' fails' : ''}`);
    await actor.advance(verdict);
  }

  /** The process is gone where it stands; another one starts in its place, with a name of its own. */
  private async crash(): Promise<void> {
    const index = this.random.below(this.actors.length);
    const { actor, body } = this.actors[index]!;
    const job = this.jobs.get(actor);
    if (job && job.starts - job.failures > CRASHES_OF_A_JOB_MAX) return;
    this.trace.push(`${actor.name} crashes before: ${actor.at}`);
    this.actors.splice(index, 1);
    if (job) this.broker.giveBack(job);
    this.jobs.delete(actor);
    await this.enter(`${actor.name.replace(/\+.*/, '')}+${++this.crashes}`, body);
  }

  private async step(at: string): Promise<void> {
    if ((await this.acting.getStore()!.gate(at)) === 'fail') throw new UnavailableError(`${at} failed`);
  }

  private relay(actor: Actor): () => Promise<void> {
    const outbox = new OutboxRepository(this.app.get(DataSource));
    const port = {
      claimUnpublished: async (...[owner, ...asked]: Parameters<OutboxRepository['claimUnpublished']>) => {
        await this.step('claim');
        this.owners.set(actor.name, owner);
        const claimed = await outbox.claimUnpublished(owner, ...asked);
        this.ledger.claimed(actor.name, claimed);
        return claimed;
      },
      markPublished: async (owner: string, ids: readonly string[]) => {
        await this.step('mark');
        await outbox.markPublished(owner, ids);
        const published = await this.database.query<{ id: string }>(
          'select id from messaging.outbox where id = any($1) and published_at is not null',
          [this.ledger.ids],
        );
        this.ledger.marked(actor.name, ids, new Set(published.map(({ id }) => id)));
      },
      release: async (owner: string, ids: readonly string[]) => {
        await this.step('release');
        await outbox.release(owner, ids);
        this.ledger.released(actor.name, ids);
      },
    } as unknown as OutboxRepository;
    const relay = new Relay(
      port,
      this.subscriptions,
      this.transport(actor),
      new BeginRate(),
      this.database.config,
      this.logger(),
    );
    return () => relay.publishBatch().then(() => undefined, ignoreUnavailable);
  }

  private transport(actor: Actor): Transport {
    const queues = new MemoryTransport(this.broker);
    return Object.assign(new MemoryTransport(this.broker), {
      publish: async (...[queue, jobs]: Parameters<Transport['publish']>) => {
        const middle = this.random.below(jobs.length + 1);
        await this.step(`send ${jobs.length} to ${queue}`);
        for (const [index, job] of jobs.entries()) {
          if (index === middle) await this.step(`send the rest to ${queue}`);
          this.ledger.sent(actor.name, (job.data as EventEnvelope).id);
          await queues.publish(queue, [job]);
        }
      },
      // There is always room: what waits for its turn is no part of this.
      waitingByPriority: async (...[queue, priorityMax]: Parameters<Transport['waitingByPriority']>) => {
        await this.step(`count ${queue}`);
        return Array<number>(priorityMax).fill(0);
      },
      holdsSentinel: async (...[queue, id]: Parameters<Transport['holdsSentinel']>) => {
        await this.step(`look at ${queue}`);
        return queues.holdsSentinel(queue, id);
      },
      putSentinel: async (...[queue, id]: Parameters<Transport['putSentinel']>) => {
        await this.step(`put a sentinel into ${queue}`);
        await queues.putSentinel(queue, id);
      },
      removeSentinel: async (...[queue, id]: Parameters<Transport['removeSentinel']>) => {
        await this.step(`remove a sentinel from ${queue}`);
        await queues.removeSentinel(queue, id);
      },
    });
  }

  private worker(actor: Actor): () => Promise<void> {
    const deadLetters = new DeadLettersRepository(this.app.get(DataSource));
    const handleJob = new HandleJob(this.subscriptions, this.consumers, deadLetters, this.logger());
    return async () => {
      await actor.gate('take a job');
      const job = this.take();
      if (!job) return;
      this.jobs.set(actor, job);
      try {
        await handleJob.execute(job);
        await actor.gate('acknowledge');
        this.broker.finish(job);
      } catch (error) {
        ignoreUnavailable(error);
        this.broker.fail(job, 0);
      } finally {
        this.jobs.delete(actor);
      }
    };
  }

  /** Any job that waits; sometimes it goes on waiting all the same. */
  private take(): StoredJob | undefined {
    const waiting = this.broker.held();
    if (waiting.length === 0) return undefined;
    const job = this.random.pick(waiting);
    return this.random.chance(REPETITION) ? { ...job, starts: job.starts + 1 } : this.broker.take(job);
  }

  private watcher(actor: Actor): () => Promise<void> {
    const watch = new WatchQueues(
      this.app.get(Transactions),
      this.transport(actor),
      this.database.config,
      this.logger(),
    );
    return async () => {
      await actor.gate('watch the queues');
      await watch.execute().catch(ignoreUnavailable);
    };
  }

  private async place(): Promise<void> {
    const orderId = this.orderId(this.placed++);
    this.trace.push(`order ${this.placed} is placed`);
    await this.app.get(PlaceOrders).execute([aPlacement({ orderId, lines: lines([this.product, 1]) })]);
  }

  private async cancel(orderId: string): Promise<void> {
    const cancellation = { orderId, reason: null, principal: TESTER, requestId: 'test' };
    const done = this.app.get(CancelOrder).execute(cancellation);
    await done.then(
      () => this.trace.push('an order is cancelled'),
      (error) => {
        if (!(error instanceof CannotCancelOrderError)) throw error;
      },
    );
  }

  /** As if these relays had been away for longer than their leases. */
  private async leasesRunOut(relays: readonly string[]): Promise<void> {
    for (const relay of relays) {
      const owner = this.owners.get(relay);
      if (!owner) continue;
      this.trace.push(`the lease of ${relay} runs out`);
      await this.database.query(
        `update messaging.outbox set locked_until = now() - interval '1 second' where locked_by = $1 and published_at is null`,
        [owner],
      );
      this.ledger.leasesRanOut(relay);
    }
  }

  private async isAtRest(): Promise<boolean> {
    const [row] = await this.database.query<{ left: number }>(
      `select (select count(*) from messaging.outbox where published_at is null)
            + (select count(*) from orders.orders where status in ('pending', 'processing', 'shipped')) as left`,
    );
    return row!.left === 0 && this.broker.held().length === 0 && this.jobs.size === 0;
  }

  private orderId(index: number): string {
    return `${this.run}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  }

  private logger() {
    return createLogger(this.database.config, 'test');
  }
}

function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof UnavailableError)) throw error;
}
