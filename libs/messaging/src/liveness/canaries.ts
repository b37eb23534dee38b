import { randomUUID } from 'node:crypto';
import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { QueuePublisher } from '../queue/queue-publisher';
import { QUEUES } from '../queue/queues';

/** This many may be late before a queue counts as stalled. */
const CANARIES_PER_STALL = 6;

/** Sends a job that does nothing through every queue, again and again, ahead of all others. One that still waits is not joined by another. */
@Injectable()
export class Canaries implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly id = randomUUID();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly publisher: QueuePublisher,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.send(), this.config.WORKER_STALLED_AFTER_MS / CANARIES_PER_STALL);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async send(): Promise<void> {
    await Promise.all(QUEUES.map((queue) => this.publisher.sendCanary(queue, this.id))).catch((error: Error) =>
      this.logger.debug({ err: error }, 'queue.canary_failed'),
    );
  }
}
