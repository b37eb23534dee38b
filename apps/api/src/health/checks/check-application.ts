import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

/** It answers, so it is there. */
@Injectable()
export class CheckApplication implements HealthCheck {
  readonly needsDatabase = false;

  async execute(): Promise<Check> {
    return { status: 'healthy', uptime_seconds: Math.round(process.uptime()) };
  }
}
