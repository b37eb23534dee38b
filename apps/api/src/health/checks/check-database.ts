import { HeartbeatsRepository } from '@app/messaging';
import { DatabaseProbe, errorCode, isDatabaseUnavailable, isPoolExhausted, SqlState } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

const NO_ORDERS = 'Orders cannot be taken.';

/** Whether Postgres answers, and whether it takes what is written. */
@Injectable()
export class CheckDatabase implements HealthCheck {
  /** It is the one that finds out. */
  readonly needsDatabase = false;
  /** One for all who ask at the same time. */
  private writing: Promise<void> | undefined;

  constructor(
    private readonly database: DatabaseProbe,
    private readonly heartbeats: HeartbeatsRepository,
  ) {}

  async execute(): Promise<Check> {
    let answerMs: number;
    try {
      answerMs = await this.database.answerMs();
    } catch (error) {
      return { status: 'unhealthy', message: `${whyNoAnswer(error, this.database)} ${NO_ORDERS}` };
    }
    const figures = { response_ms: Math.round(answerMs * 10) / 10 };
    try {
      await (this.writing ??= this.heartbeats.proveWritable().finally(() => (this.writing = undefined)));
      return { status: 'healthy', ...figures };
    } catch (error) {
      if (!isDatabaseUnavailable(error)) {
        const message = `Postgres answers, but refused what this check writes (${errorCode(error) ?? 'no code'}).`;
        return { status: 'degraded', ...figures, message };
      }
      return { status: 'unhealthy', ...figures, message: `${whyNoWrite(error)} ${NO_ORDERS}` };
    }
  }
}

function whyNoAnswer(error: unknown, database: DatabaseProbe): string {
  if (errorCode(error) === SqlState.TOO_MANY_CONNECTIONS)
    return 'Postgres takes no more connections: others have them all.';
  if (isPoolExhausted(error) || database.isBusy()) return 'Every connection of this process to Postgres is in use.';
  return 'Postgres does not answer.';
}

function whyNoWrite(error: unknown): string {
  const code = errorCode(error);
  if (code === SqlState.DISK_FULL) return 'Postgres answers, but its disk is full.';
  if (code === SqlState.READ_ONLY) return 'Postgres answers, but it is read-only.';
  return `Postgres answers, but does not take what is written${code ? ` (${code})` : ''}.`;
}
