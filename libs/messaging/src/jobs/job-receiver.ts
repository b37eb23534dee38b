import { CONFIG, type Config, isRecord, LOGGER, type Logger, within } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CANARY } from '../liveness/canaries';
import { QueueFlow } from '../liveness/queue-flow';
import { CONCURRENCY_MAX, QUEUES, type QueueName } from '../queues';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';
import { type ReceivedJob, type Receiving, type Transport, TRANSPORT } from '../transports/transport';
import { HandleJob } from './handle-job';
import { backoffMs } from './retry-policy';

/** The receiving side of all queues: starts with the process, finishes what runs when the process stops. */
@Injectable()
export class JobReceiver implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly receiving = new Map<QueueName, Receiving>();
  private closing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly handleJob: HandleJob,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly flow: QueueFlow,
    @Inject(TRANSPORT) private readonly transport: Transport,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transport.requireReady();
    for (const queue of QUEUES) this.receiving.set(queue, this.start(queue));
  }

  /** Takes no new jobs. Those that run are not waited for yet: whoever has long ones learns of the stop only after this. */
  onModuleDestroy(): void {
    this.closing = Promise.all(
      [...this.receiving].map(([queue, receiving]) =>
        receiving.close().catch((error: Error) => this.logger.warn({ err: error, queue }, 'queue.close_failed')),
      ),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    // close() can hang when the server is gone. A job cut off here is taken up by another worker: its effect is guarded.
    const isClosed = await within(this.closing, this.config.SHUTDOWN_DEADLINE_MS / 2);
    if (!isClosed) this.logger.warn('queue.close_timed_out');
  }

  private start(queue: QueueName): Receiving {
    const receiving = this.transport.receive(queue, (job) => this.handle(queue, job), {
      concurrency: Math.min(this.config.WORKER_CONCURRENCY, CONCURRENCY_MAX[queue] ?? Infinity),
      backoffMs: (failures, { name, data }) => {
        const type = isRecord(data) ? data.type : undefined;
        return backoffMs(failures, this.subscriptions.find(name, String(type), queue)?.backoff);
      },
    });
    void receiving.ended.then(() => this.flow.ended(queue));
    return receiving;
  }

  private async handle(queue: QueueName, job: ReceivedJob): Promise<void> {
    this.flow.handled(queue);
    try {
      if (job.name !== CANARY) await this.handleJob.execute(job);
    } finally {
      this.flow.handled(queue);
    }
  }
}
