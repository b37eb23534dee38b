import { HeartbeatsRepository, HeartbeatSender } from '@app/messaging';
import { LOGGER, type Logger, within } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { FireDueTicks } from './fire-due-ticks';

const LOOK_EVERY_MS = 1000;
const STOP_TIMEOUT_MS = 2000;

/** Looks every second whether a slot is due, and beats for the health page. */
@Injectable()
export class Clock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly heartbeat: HeartbeatSender;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly fireDueTicks: FireDueTicks,
    heartbeats: HeartbeatsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.heartbeat = new HeartbeatSender('scheduler', heartbeats, async () => ({}), logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.heartbeat.start();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.looking) await within(this.looking, STOP_TIMEOUT_MS);
    await this.heartbeat.stop();
  }

  @Interval(LOOK_EVERY_MS)
  look(): void {
    // A look that takes longer than a second (the database is away) is not joined by a second one.
    this.looking ??= this.fireDueTicks
      .execute()
      .catch((error: Error) => this.logger.warn({ err: error }, 'schedule.look_failed'))
      .finally(() => (this.looking = undefined));
  }
}
