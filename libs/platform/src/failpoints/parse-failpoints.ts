/** Every moment at which a test can make a process fail. */
export const FAILPOINTS = [
  'placement.beforeBegin',
  'placement.afterWrite',
  'placement.afterCommit',
  'movement.afterWrite',
  'movement.afterCommit',
  'job.started',
  'relay.afterClaim',
  'relay.halfPublished',
  'relay.afterPublish',
  'schedule.beforeCommit',
  'schedule.afterCommit',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

export type FailpointAction =
  { kind: 'kill' } | { kind: 'pause' } | { kind: 'wait'; ms: number } | { kind: 'error'; sqlState: string };

/** What happens at a failpoint, and at which of its hits. */
export interface PlannedFault {
  failpoint: Failpoint;
  /** Only hits that are about this. */
  subject?: string;
  action: FailpointAction;
  firstHit: number;
  times: number;
}

const FORM = /^([a-zA-Z.]+)(?:\[([^\]]+)\])?=(kill|pause|wait|error)(?:\((\w+)\))?(?:@(\d+))?(?:x(\d+))?$/;

/**
 * Reads `relay.afterPublish=kill@3;placement.afterWrite=error(40P01)@2x5;relay.afterClaim=wait(500);job.started[<order>]=kill`:
 * the third publishing ends the process with SIGKILL, writes two to six meet a deadlock, the first claim takes half a second
 * longer, and each job of that order kills. Throws on anything else, so that a fault that is misspelt cannot be one that is survived.
 */
export function parseFailpoints(text: string): PlannedFault[] {
  return text.split(';').map((part) => {
    const [, name, subject, kind, argument, firstHit, times] = FORM.exec(part.trim()) ?? [];
    const failpoint = FAILPOINTS.find((each) => each === name);
    if (!failpoint) throw new Error(`FAILPOINTS: "${part}" is not <failpoint>=kill|pause|wait(ms)|error(SQLSTATE)@hit`);
    return {
      failpoint,
      subject,
      action: actionOf(part, kind!, argument),
      firstHit: Number(firstHit ?? 1),
      times: Number(times ?? 1),
    };
  });
}

function actionOf(part: string, kind: string, argument: string | undefined): FailpointAction {
  if (kind === 'wait' && /^\d+$/.test(argument ?? '')) return { kind, ms: Number(argument) };
  if (kind === 'error' && /^[0-9A-Z]{5}$/.test(argument ?? '')) return { kind, sqlState: argument! };
  if ((kind === 'kill' || kind === 'pause') && argument === undefined) return { kind };
  throw new Error(`FAILPOINTS: "${part}" lacks its milliseconds or SQLSTATE, or has an argument too many`);
}
