import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck, Reading } from '../health-check';
import { freshBeats } from './live-processes';

/** Workers bring the depths of the queues with their beat, so that a frozen Redis can not freeze the health page. */
@Injectable()
export class CheckQueue implements HealthCheck {
  readonly needsDatabase = true;

  async execute(reading: Reading): Promise<Check> {
    const [reporting] = freshBeats(await reading.beats(), 'worker');
    if (!reporting) return { status: 'degraded', message: 'Unknown: no worker reports.' };
    const { queues, queue_server_faults: faults = [] } = reporting.details;
    if (!queues) return { status: 'degraded', message: 'The worker does not reach the queue server.' };
    if (faults.length > 0) return { status: 'degraded', queues, message: faults.join(' ') };
    return { status: 'healthy', queues };
  }
}
