import { CONFIG, type Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Check, HealthCheck, Reading } from '../health-check';
import { freshBeats, liveCheck } from './live-processes';

/** A worker that beats and does nothing is no better than none. */
@Injectable()
export class CheckWorkers implements HealthCheck {
  readonly needsDatabase = true;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async execute(reading: Reading): Promise<Check> {
    const beats = await reading.beats();
    const alive = liveCheck(beats, 'worker', 'Orders are accepted and wait until one runs.');
    const fresh = freshBeats(beats, 'worker');
    const stalledSeconds = this.config.WORKER_STALLED_AFTER_MS / 1000;
    const ages = fresh.map(({ details }) => details.last_job_seconds ?? {});
    for (const queue of Object.keys(ages[0] ?? {})) {
      const newest = Math.min(...ages.map((age) => age[queue] ?? Infinity));
      if (newest > stalledSeconds)
        return { ...alive, status: 'degraded', message: `No job came through the ${queue} queue for ${newest} s.` };
    }
    const idle = fresh.filter(({ details }) => (details.stalled ?? []).length > 0);
    if (idle.length === 0) return alive;
    const names = idle.map(({ instance }) => instance).join(', ');
    return { ...alive, status: 'degraded', message: `Running, but taking no jobs: ${names}. Restart it.` };
  }
}
