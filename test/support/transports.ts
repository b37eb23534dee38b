import { BullmqTransport, type Transport } from '@app/messaging';
import { type Config, createLogger, within } from '@app/platform';
import type { Worker } from 'bullmq';
import { MemoryBroker } from '../../libs/messaging/src/transports/memory/memory-broker';
import { MemoryTransport } from '../../libs/messaging/src/transports/memory/memory-transport';
import type { Receiving } from '../../libs/messaging/src/transports/transport';
import { type TestDatabase, testDatabase } from './database';
import { emptyRedis } from './redis';

/** An implementation of Transport, and what a test does to it that the product never would. */
export interface TestedTransport {
  /** An empty server of its queues, and a database whose configuration leads there. */
  prepare: (settings: Record<string, string>) => Promise<TestDatabase>;
  /** As one process opens it. Several are several processes at one server. */
  open: (config: Config) => Transport;
  /** The server forgets all that it holds. */
  loseEverything: (database: TestDatabase) => Promise<void>;
  /** It takes no jobs any more, without a word, until the function that this gives is called. */
  pause: (receiving: Receiving) => Promise<() => Promise<void>>;
  /** The process of these is gone at once, as by kill -9. */
  kill: (transport: Transport, receivings: readonly Receiving[]) => Promise<void>;
}

const KILL_TIMEOUT_MS = 1000;

/** A suite for each implementation of Transport. That on Redis is skipped without one; `REQUIRE_REDIS=1` refuses the skip. */
export function describeOnEveryTransport(
  title: string,
  redisDatabase: number,
  suite: (tested: TestedTransport) => void,
): void {
  describe(`${title} in Postgres`, () =>
    suite({
      ...bullmq,
      prepare: (settings) => testDatabase(settings),
      loseEverything: async (database) => void (await database.query('truncate bullmq.job cascade')),
    }));
  (process.env.TEST_REDIS_URL ? describe : describe.skip)(`${title} in Redis`, () =>
    suite({
      ...bullmq,
      prepare: async (settings) => testDatabase({ ...settings, REDIS_URL: (await emptyRedis(redisDatabase))! }),
      loseEverything: async () => void (await emptyRedis(redisDatabase)),
    }),
  );
  describe(`${title} in memory`, () => suite(memory()));
}

const bullmq = {
  open: (config: Config) => new BullmqTransport(config, createLogger(config, 'test')),
  pause: async (receiving: Receiving) => {
    const worker = workerOf(receiving);
    await worker.pause(true);
    return () => worker.resume();
  },
  kill: async (transport: Transport, receivings: readonly Receiving[]) => {
    // A worker that is closed by force waits for nothing, and no longer renews the locks of its jobs.
    await within(Promise.all(receivings.map((receiving) => workerOf(receiving).close(true))), KILL_TIMEOUT_MS);
    await transport.close();
  },
};

function workerOf(receiving: Receiving): Worker {
  return (receiving as unknown as { worker: Worker }).worker;
}

function memory(): TestedTransport {
  let broker: MemoryBroker;
  return {
    prepare: (settings) => {
      broker = new MemoryBroker();
      return testDatabase(settings);
    },
    open: () => new MemoryTransport(broker),
    loseEverything: async () => broker.loseEverything(),
    pause: async (receiving) => {
      const paused = receiving as unknown as { look: () => void };
      const { look } = paused;
      paused.look = () => undefined;
      return async () => {
        paused.look = look;
        paused.look();
      };
    },
    kill: async (transport) => (transport as MemoryTransport).kill(),
  };
}
