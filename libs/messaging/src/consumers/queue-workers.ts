import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { openWorker, requireQueueTables } from '../queue/queue-connection';
import { QUEUES, type QueueName } from '../queue/queues';
import { HandleJob } from './handle-job';

const CLOSE_TIMEOUT_MS = 5000;

/** The receiving side of all queues: starts with the process, finishes what runs when the process stops. */
@Injectable()
export class QueueWorkers implements OnApplicationBootstrap, OnModuleDestroy {
  private workers: Worker[] = [];

  constructor(
    private readonly handleJob: HandleJob,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await requireQueueTables(this.config);
    this.workers = QUEUES.map((queue) => this.start(queue));
  }

  async onModuleDestroy(): Promise<void> {
    // worker.close() can hang when the server is gone. A job cut off here is taken up by another worker: its effect is guarded.
    await Promise.all(
      this.workers.map((worker) =>
        Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS).unref())]).catch(
          (error: Error) => this.logger.warn({ err: error, queue: worker.name }, 'queue.close_failed'),
        ),
      ),
    );
  }

  private start(queue: QueueName): Worker {
    const worker = openWorker(
      queue,
      (job) =>
        this.handleJob.execute({
          queue,
          id: job.id ?? '',
          data: job.data,
          starts: job.attemptsStarted,
          failures: job.attemptsMade,
        }),
      this.config.WORKER_CONCURRENCY,
      this.config,
    );
    worker.on('error', (error) => this.logger.warn({ err: error, queue }, 'queue.worker_error'));
    worker.run().catch((error: Error) => this.logger.error({ err: error, queue }, 'queue.worker_stopped'));
    return worker;
  }
}
