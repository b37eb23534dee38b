import {
  CONFIG,
  type Config,
  LOGGER,
  type Logger,
  newId,
  registry,
  Transactions,
  type AnyTx,
  within,
} from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Counter } from 'prom-client';
import { z } from 'zod';
import { defineEvent } from '../outbox/event';
import { publish } from '../outbox/outbox';
import { QUEUES, type QueueName } from '../queues';
import { type Transport, TRANSPORT } from '../transports/transport';

const LOOK_EVERY_MS = 5000;

/** A queue lost what it held: whoever has work under way sends it again. */
export const QueueLost = defineEvent('queue.lost.v1', z.object({ queue: z.enum(QUEUES) }));

const losses = new Counter({
  name: 'queue_losses_total',
  help: 'Times that a queue was found emptied',
  labelNames: ['queue'],
  registers: [registry],
});

/**
 * Notices that a queue was emptied (FLUSHALL, a Redis that came back without its data). Each queue holds a sentinel, which
 * is never handed out; when it is gone, everything else is too. Postgres remembers which sentinel there must be, so that of all workers one
 * reports a loss, once, with the new sentinel in the same transaction as the event.
 */
@Injectable()
export class WatchQueues implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly transactions: Transactions<never>,
    @Inject(TRANSPORT) private readonly transport: Transport,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // The alarm counts the step from 0 to 1, which is not there to be seen in a series that begins with 1.
    for (const queue of QUEUES) losses.inc({ queue }, 0);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    void this.look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.looking) await within(this.looking, this.config.SHUTDOWN_DEADLINE_MS / 2);
  }

  private look(): Promise<void> {
    this.looking ??= this.execute()
      // A queue server that does not answer has not lost anything yet.
      .catch((error: Error) => this.logger.debug({ err: error }, 'queue.watch_failed'))
      .finally(() => (this.looking = undefined));
    return this.looking;
  }

  /** Looks at every queue once. */
  async execute(): Promise<void> {
    for (const queue of QUEUES) {
      const expected = await this.transactions.run((tx) => sentinelOf(tx, queue));
      if (expected && (await this.transport.holdsSentinel(queue, expected))) continue;
      await this.replaceSentinel(queue, expected);
    }
  }

  private async replaceSentinel(queue: QueueName, missing: string | undefined): Promise<void> {
    const sentinel = newId();
    await this.transport.putSentinel(queue, sentinel);
    const replaced = await this.transactions.run(async (tx) => {
      if (!(await replace(tx, queue, missing, sentinel))) return false;
      if (missing === undefined) return true; // the first sentinel of a new queue
      await publish(tx, [
        {
          event: QueueLost,
          aggregateId: sentinel,
          aggregateVersion: 1,
          correlationId: `queue-lost-${sentinel}`,
          payload: { queue },
        },
      ]);
      return true;
    });
    if (!replaced) return this.transport.removeSentinel(queue, sentinel);
    if (missing === undefined) return;
    losses.inc({ queue });
    this.logger.warn({ queue }, 'queue.lost');
  }
}

async function sentinelOf(tx: AnyTx, queue: QueueName): Promise<string | undefined> {
  const rows = await tx.query<{ sentinel: string }[]>(
    'select sentinel from messaging.queue_sentinels where queue = $1',
    [queue],
  );
  return rows[0]?.sentinel;
}

/** Whether this call was the one that put the new sentinel in the place of the missing one. */
async function replace(tx: AnyTx, queue: QueueName, missing: string | undefined, sentinel: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into messaging.queue_sentinels (queue, sentinel) values ($1, $2)
     on conflict (queue) do update set sentinel = excluded.sentinel, placed_at = now()
       where queue_sentinels.sentinel is not distinct from $3::uuid
     returning 1`,
    [queue, sentinel, missing ?? null],
  );
  return rows.length > 0;
}
