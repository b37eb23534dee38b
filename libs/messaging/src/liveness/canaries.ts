import { randomUUID } from 'node:crypto';
import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { QUEUES } from '../queues';
import { type Transport, TRANSPORT } from '../transports/transport';

/** Name of the job that only shows that jobs come through. */
export const CANARY = 'canary';

/** This many may be late before a queue counts as stalled. */
const CANARIES_PER_STALL = 6;

/** Sends a job that does nothing through every queue, again and again, ahead of all others. One that still waits is not joined by another. */
@Injectable()
export class Canaries implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly id = randomUUID();
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(TRANSPORT) private readonly transport: Transport,
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
    const canary = { id: `canary-${this.id}`, name: CANARY, data: {}, delayMs: 0, priority: 0 };
    await Promise.all(QUEUES.map((queue) => this.transport.publish(queue, [canary]))).catch((error: Error) =>
      this.logger.debug({ err: error }, 'queue.canary_failed'),
    );
  }
}
