import { HeartbeatsRepository, Pulse, QueuePublisher } from '@app/messaging';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Tells the health page that this worker is alive and how deep the queues are, so that the API need not ask them. */
@Injectable()
export class WorkerPulse implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pulse: Pulse;

  constructor(heartbeats: HeartbeatsRepository, publisher: QueuePublisher, @Inject(LOGGER) logger: Logger) {
    const details = async () => ({ queues: await publisher.depths().catch(() => null) });
    this.pulse = new Pulse('worker', heartbeats, details, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.pulse.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.pulse.stop();
  }
}
