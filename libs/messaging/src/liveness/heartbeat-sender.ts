import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Logger, within } from '@app/platform';
import type { HeartbeatDetails, HeartbeatsRepository } from './heartbeats.repository';

const BEAT_EVERY_MS = 5000;
const LEAVE_TIMEOUT_MS = 1000;

/** A process with a beat younger than this counts as alive. */
export const HEARTBEAT_FRESH_SECONDS = 20;

/** Writes the heartbeat of a process every 5 seconds until it is stopped. One that fails is logged, not fatal: the database may be restarting. */
export class HeartbeatSender {
  private readonly instance = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly processName: string,
    private readonly heartbeats: HeartbeatsRepository,
    private readonly details: () => Promise<HeartbeatDetails>,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => void this.beat(), BEAT_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await within(this.heartbeats.leave(this.processName, this.instance), LEAVE_TIMEOUT_MS);
  }

  private async beat(): Promise<void> {
    try {
      await this.heartbeats.beat(this.processName, this.instance, await this.details());
    } catch (error) {
      this.logger.warn({ err: error }, 'heartbeat.failed');
    }
  }
}
