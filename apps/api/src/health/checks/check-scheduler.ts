import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck, Reading } from '../health-check';
import { liveCheck } from './live-processes';

@Injectable()
export class CheckScheduler implements HealthCheck {
  readonly needsDatabase = true;

  async execute(reading: Reading): Promise<Check> {
    return liveCheck(await reading.beats(), 'scheduler', 'Stale orders are not looked for until one runs.');
  }
}
