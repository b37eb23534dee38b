import { CONFIG, type Config, isContention, LOGGER, type Logger, within } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { MinimalJob, Worker } from 'bullmq';
import { CANARY, openWorker, requireQueueTables } from '../queue/queue-connection';
import { CONCURRENCY_MAX, QUEUES, type QueueName } from '../queue/queues';
import { QueuePublisher } from '../queue/queue-publisher';
import { isQueueAway } from '../queue/queue-trouble';
import { QueueFlow } from '../liveness/queue-flow';
import type { Subscription } from '../subscriptions/subscription';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';
import { HandleJob } from './handle-job';
import { backoffMs } from './retry-policy';

/** The receiving side of all queues: starts with the process, finishes what runs when the process stops. */
@Injectable()
export class JobReceiver implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private workers: Worker[] = [];
  private closing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly handleJob: HandleJob,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly flow: QueueFlow,
    private readonly publisher: QueuePublisher,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await requireQueueTables(this.config);
    this.workers = QUEUES.map((queue) => this.start(queue));
  }

  /** Takes no new jobs. Those that run are not waited for yet: whoever has long ones learns of the stop only after this. */
  onModuleDestroy(): void {
    this.closing = Promise.all(
      this.workers.map((worker) =>
        worker
          .close()
          .catch((error: Error) => this.logger.warn({ err: error, queue: worker.name }, 'queue.close_failed')),
      ),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    // close() can hang when the server is gone. A job cut off here is taken up by another worker: its effect is guarded.
    const isClosed = await within(this.closing, this.config.SHUTDOWN_DEADLINE_MS / 2);
    if (!isClosed) this.logger.warn('queue.close_timed_out');
  }

  private start(queue: QueueName): Worker {
    const worker = openWorker(
      queue,
      async (job) => {
        this.flow.handled(queue);
        try {
          if (job.name === CANARY) return;
          await this.handleJob.execute({
            queue,
            id: job.id ?? '',
            name: job.name,
            data: job.data,
            starts: job.attemptsStarted,
            failures: job.attemptsMade,
          });
        } finally {
          this.flow.handled(queue);
        }
      },
      {
        concurrency: Math.min(this.config.WORKER_CONCURRENCY, CONCURRENCY_MAX[queue] ?? Infinity),
        backoffMs: (failures, job) => backoffMs(failures, this.subscriptionOf(job, queue)?.backoff),
      },
      this.config,
    );
    worker.on('error', (error) => {
      if (isQueueAway(error)) this.publisher.reportAway(error);
      // BullMQ's look for stalled jobs and the end of one may meet in Postgres: the job is looked at once more.
      else this.logger[isContention(error) ? 'debug' : 'warn']({ err: error, queue }, 'queue.worker_error');
    });
    worker
      .run()
      .catch((error: Error) => this.logger.error({ err: error, queue }, 'queue.worker_stopped'))
      .finally(() => this.flow.ended(queue));
    return worker;
  }

  private subscriptionOf(job: MinimalJob | undefined, queue: QueueName): Subscription | undefined {
    return job && this.subscriptions.find(job.name, String(job.data?.type), queue);
  }
}
