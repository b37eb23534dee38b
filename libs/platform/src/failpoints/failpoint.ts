import { setTimeout as sleep } from 'node:timers/promises';
import { type Failpoint, parseFailpoints, type PlannedFault } from './parse-failpoints';

interface Moment {
  /** What the moment is about (a job's order), for a fault that waits for one of many. */
  subject?: string;
}

/** Says that the process has reached a moment at which a test may want it to fail. */
export type ReachFailpoint = (name: Failpoint, moment?: Moment) => Promise<void> | undefined;

const nothing: ReachFailpoint = () => undefined;

/**
 * What `failpoint` does in an environment: nothing, unless it is one of tests (`NODE_ENV=test`) and `FAILPOINTS` names what shall
 * happen where (the form is in {@link parseFailpoints}). Throws when it names something that does not exist.
 */
export function failpointsOf(environment: Record<string, string | undefined>): ReachFailpoint {
  if (environment.NODE_ENV !== 'test' || !environment.FAILPOINTS) return nothing;
  const faults = parseFailpoints(environment.FAILPOINTS).map((fault) => ({ ...fault, hits: 0 }));
  return async (name, { subject } = {}) => {
    for (const fault of faults) {
      if (fault.failpoint !== name || (fault.subject !== undefined && fault.subject !== subject)) continue;
      fault.hits++;
      if (fault.hits >= fault.firstHit && fault.hits < fault.firstHit + fault.times) await happen(fault);
    }
  };
}

/**
 * A named moment of the product's work, such as between a write and its COMMIT. In production it is a call of an empty function,
 * made once per transaction, batch or job.
 */
export const failpoint: ReachFailpoint = failpointsOf(process.env);

/** The process said so before it stopped: whoever started it can tell this end from any other. */
async function happen({ action, failpoint: name }: PlannedFault): Promise<void> {
  process.stderr.write(`failpoint ${name}: ${action.kind}\n`);
  if (action.kind === 'kill') process.kill(process.pid, 'SIGKILL');
  if (action.kind === 'pause') process.kill(process.pid, 'SIGSTOP');
  if (action.kind === 'wait') await sleep(action.ms);
  if (action.kind === 'error') throw Object.assign(new Error(`failpoint ${name}`), { code: action.sqlState });
}
