import { type Heartbeat, HEARTBEAT_FRESH_SECONDS } from '@app/messaging';
import type { Check } from '../health-check';

/** The beats of the processes of this name that are alive. */
export function freshBeats(beats: readonly Heartbeat[], name: string): Heartbeat[] {
  return beats.filter(({ process, ageSeconds }) => process === name && ageSeconds <= HEARTBEAT_FRESH_SECONDS);
}

/** Whether one of them is alive, and what follows when none is. */
export function liveCheck(beats: readonly Heartbeat[], name: string, consequence: string): Check {
  const fresh = freshBeats(beats, name);
  if (fresh.length > 0)
    return { status: 'healthy', count: fresh.length, last_beat_seconds: Math.round(fresh[0]!.ageSeconds) };
  return { status: 'degraded', count: 0, message: `No ${name} is alive. ${consequence}` };
}
