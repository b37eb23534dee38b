import { DatabaseProbe } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

const USED_SHARE_MAX = 0.9;

/** How many of the server's connections are in use, by whomever: processes go on with those they have, but get no more. */
@Injectable()
export class CheckConnections implements HealthCheck {
  readonly needsDatabase = true;

  constructor(private readonly database: DatabaseProbe) {}

  async execute(): Promise<Check> {
    const { used, max } = await this.database.connections();
    if (used < max * USED_SHARE_MAX) return { status: 'healthy', used, max };
    return {
      status: 'degraded',
      used,
      max,
      message: `${used} of the ${max} connections of Postgres are in use: see who has them, docs/runbook.md#connections.`,
    };
  }
}
