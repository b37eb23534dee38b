import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DeadLettersRepository, type EventEnvelope, ResolveDeadLetter } from '@app/messaging';
import { FULFILLMENT_SUBSCRIPTION, PlaceOrders } from '@app/orders';
import { createLogger, DomainError } from '@app/platform';
import { Test, type TestingModule } from '@nestjs/testing';
import { RunStageConsumer } from '../../apps/worker/src/orders/run-stage.consumer';
import { subscriptionsOf } from '../../apps/worker/src/subscriptions';
import { WorkerModule } from '../../apps/worker/src/worker.module';
import { openQueue } from '../../libs/messaging/src/transports/bullmq/bullmq-connection';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { NOTE_PLACED_ORDERS, NotePlacedOrdersConsumer } from '../support/note-placed-orders';
import { TESTER } from '../support/principals';
import { freePort, until } from '../support/processes';
import { describeOnBothBackends, emptyRedis } from '../support/redis';

const ROOT = join(__dirname, '../..');
const WORKER = `import(${JSON.stringify(join(ROOT, 'scripts/lib/load-typescript.mjs'))}).then(({ typescriptLoader }) =>
  typescriptLoader()('test/support/worker-with-notes.ts'))`;

class Refused extends DomainError {
  readonly code = 'TEST_REFUSED';
  readonly kind = 'conflict';
}

describeOnBothBackends('two subscriptions to a placed order, queues', (backend) => {
  let database: TestDatabase;
  let redis: { REDIS_URL: string } | undefined;
  let shop: TestingModule;
  let worker: TestingModule | undefined;
  let children: ChildProcess[] = [];
  let product: number;

  beforeEach(async () => {
    redis = backend === 'redis' ? { REDIS_URL: (await emptyRedis(4))! } : undefined;
    database = await testDatabase({ WORKER_CONCURRENCY: '2', ...redis });
    await database.query('create table notes (order_id uuid not null)');
    shop = await contexts(database.config);
    [product] = (await someProducts(shop, [100])) as [number];
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await worker?.close();
    worker = undefined;
    for (const child of children) child.kill('SIGKILL');
    children = [];
    await shop?.close();
    await database?.drop();
  });

  const start = async () => {
    const { config } = database;
    const subscriptions = [...subscriptionsOf(config), NOTE_PLACED_ORDERS];
    worker = await Test.createTestingModule({
      imports: [WorkerModule.for(config, createLogger(config, 'test'), subscriptions)],
    }).compile();
    await worker.init();
  };
  const place = async () => {
    const placement = aPlacement({ lines: lines([product, 1]) });
    await shop.get(PlaceOrders).execute([placement]);
    return placement.orderId;
  };
  const statusOf = async (id: string) =>
    (await database.query<{ status: string }>('select status from orders.orders where id = $1', [id]))[0]!.status;
  const notes = async () =>
    (await database.query<{ order_id: string }>('select order_id from notes')).map(({ order_id }) => order_id);
  const openLetters = () =>
    database.query<{ id: string; subscription: string; event: string }>(
      `select id, subscription, envelope ->> 'id' as event from messaging.dead_letters where resolved_at is null order by subscription`,
    );
  const replay = async (id: string) => {
    await shop.get(ResolveDeadLetter).execute(id, 'replayed', TESTER);
    await until(
      async () => (await database.query('select from messaging.outbox where published_at is null')).length === 0,
    );
  };

  it('both run', async () => {
    await start();
    const id = await place();
    await until(async () => (await statusOf(id)) === 'delivered' && (await notes()).length === 1);
    expect(await notes()).toEqual([id]);
    expect(await openLetters()).toEqual([]);
  });

  it('fail and are replayed each for itself', async () => {
    const refuse = async () => {
      throw new Refused('never');
    };
    const note = jest.spyOn(NotePlacedOrdersConsumer.prototype, 'handle').mockImplementation(refuse);
    const stage = jest.spyOn(RunStageConsumer.prototype, 'handle').mockImplementation(refuse);
    await start();
    const id = await place();
    await until(async () => (await openLetters()).length === 2);
    const [noting, fulfillment] = await openLetters();
    expect([noting!.subscription, fulfillment!.subscription]).toEqual([
      NOTE_PLACED_ORDERS.name,
      FULFILLMENT_SUBSCRIPTION,
    ]);
    expect(noting!.event).toBe(fulfillment!.event);

    note.mockRestore();
    await replay(noting!.id);
    await until(async () => (await notes()).length === 1);
    expect(stage).toHaveBeenCalledTimes(1);
    expect(await openLetters()).toEqual([fulfillment]);
    expect(await statusOf(id)).toBe('pending');

    stage.mockRestore();
    await replay(fulfillment!.id);
    await until(async () => (await statusOf(id)) === 'delivered');
    expect(await notes()).toEqual([id]);
    expect(await openLetters()).toEqual([]);
  });

  it('share no dead letter: one that fails leaves the order to the other', async () => {
    jest.spyOn(NotePlacedOrdersConsumer.prototype, 'handle').mockRejectedValue(new Refused('never'));
    await start();
    const id = await place();
    await until(async () => (await statusOf(id)) === 'delivered' && (await openLetters()).length === 1);
    const blocked = await shop.get(DeadLettersRepository).findBlocked([id], FULFILLMENT_SUBSCRIPTION);
    expect(blocked.size).toBe(0);
  });

  it('get the jobs that a version without subscriptions has queued: they are for the first', async () => {
    const id = await place();
    const [row] = await database.query<EventEnvelope & { occurred_at: Date }>(
      `update messaging.outbox set published_at = now() where aggregate_id = $1
       returning id, type, occurred_at, aggregate_id, aggregate_version, correlation_id, payload`,
      [id],
    );
    const queue = openQueue('fulfillment', database.config);
    await queue.waitUntilReady();
    await queue.add(row!.type, row!, { jobId: `evt-${row!.id}`, priority: 6, attempts: 1_000_000 });
    await queue.close();
    await start();
    await until(async () => (await statusOf(id)) === 'delivered');
    expect(await notes()).toEqual([]);
    expect(await openLetters()).toEqual([]);
  });

  it('both run when kill -9 ends the relay between their two jobs', async () => {
    const id = await place();
    const startChild = async (environment: Record<string, string>) => {
      const child = spawn(process.execPath, ['-e', WORKER], {
        env: {
          PATH: process.env.PATH,
          NODE_ENV: 'test',
          DATABASE_URL: database.url,
          LOG_LEVEL: 'warn',
          SIMULATED_DELAY_MS_MIN: '0',
          SIMULATED_DELAY_MS_MAX: '0',
          OUTBOX_LEASE_MS: '2000',
          QUEUE_LOCK_MS: '2000',
          WORKER_PORT: String(await freePort()),
          ...redis,
          ...environment,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      children.push(child);
      return { child, stderr: () => stderr };
    };
    const killed = await startChild({ FAILPOINTS: 'relay.halfPublished=kill' });
    await once(killed.child, 'close');
    expect(killed.stderr()).toContain('failpoint relay.halfPublished: kill');
    expect(await notes()).toEqual([]);
    await startChild({});
    await until(async () => (await statusOf(id)) === 'delivered' && (await notes()).length > 0, 60_000);
    expect(await notes()).toEqual([id]);
    expect(await openLetters()).toEqual([]);
  }, 120_000);
});
