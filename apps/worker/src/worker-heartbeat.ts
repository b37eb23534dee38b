import {
  HEARTBEAT_FRESH_SECONDS,
  type HeartbeatDetails,
  HeartbeatsRepository,
  BeginRate,
  HeartbeatSender,
  QueueFlow,
  QueueHealth,
} from '@app/messaging';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/**
 * Tells the health page that this worker is alive, when it last finished a job of each queue, how deep the queues are, what is wrong
 * with their server and how fast orders begin, so that the API need not ask them.
 */
@Injectable()
export class WorkerHeartbeat implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly heartbeat: HeartbeatSender;
  private stalled = '';
  private faults = '';

  constructor(
    private readonly heartbeats: HeartbeatsRepository,
    private readonly queues: QueueHealth,
    private readonly flow: QueueFlow,
    private readonly beginRate: BeginRate,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.heartbeat = new HeartbeatSender('worker', heartbeats, () => this.details(), logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.heartbeat.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.heartbeat.stop();
  }

  private async details(): Promise<HeartbeatDetails> {
    const beats = await this.heartbeats.list();
    const isFresh = ({ process, ageSeconds }: { process: string; ageSeconds: number }) =>
      process === 'worker' && ageSeconds <= HEARTBEAT_FRESH_SECONDS;
    this.flow.shareWith(beats.filter(isFresh).length);
    const stalled = this.flow.stalled();
    if (stalled.join() !== this.stalled) {
      this.stalled = stalled.join();
      this.logger[stalled.length > 0 ? 'error' : 'info']({ stalled }, 'queue.flow_changed');
    }
    const faults = await this.queues.serverFaults().catch(() => []);
    if (faults.join() !== this.faults) {
      this.faults = faults.join();
      for (const fault of faults) this.logger.warn(`queue.server_unsuitable: ${fault}`);
    }
    return {
      queue_server_faults: faults,
      begun_per_minute: this.beginRate.perMinute(),
      queues: await this.queues.depths().catch(() => null),
      last_job_seconds: Object.fromEntries(this.flow.ages().map(([queue, age]) => [queue, Math.round(age)])),
      stalled,
    };
  }
}
