import { DatabaseProbe } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

@Injectable()
export class CheckDatabase implements HealthCheck {
  /** It is the one that finds out. */
  readonly needsDatabase = false;

  constructor(private readonly database: DatabaseProbe) {}

  async execute(): Promise<Check> {
    try {
      return { status: 'healthy', response_ms: Math.round((await this.database.answerMs()) * 10) / 10 };
    } catch {
      return { status: 'unhealthy', message: 'Postgres does not answer. Orders cannot be taken.' };
    }
  }
}
