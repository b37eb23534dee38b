import type { HistoryEntry } from './history';
import type { Answer } from './http-client';

/** Another answer may come later: not now (503), not known (other 5xx), or somebody sends the same key at this moment. */
export function isPassing({ status, body }: Answer): boolean {
  return status >= 500 || (status === 409 && body.includes('IDEMPOTENCY_KEY_IN_USE'));
}

/** Whether an answer says that its request changed nothing for now: a 503, unless it says that the outcome is not known. */
export function changedNothing({ status, code }: Pick<HistoryEntry, 'status' | 'code'>): boolean {
  return status === 503 && code !== 'COMMIT_OUTCOME_UNKNOWN';
}

/** What the history keeps of an answer. */
export function seen(
  kind: HistoryEntry['kind'],
  answer: Answer,
): Partial<HistoryEntry> & Pick<HistoryEntry, 'outcome'> {
  const { status, contentType, body } = answer;
  if (status >= 400) {
    const problem = contentType.startsWith('application/problem+json') ? parsed(body) : undefined;
    const code = problem?.code as string | undefined;
    // A 503 may be one that says that the outcome of COMMIT is not known.
    const outcome = status >= 500 ? 'unknown' : 'fail';
    const malformed = (status >= 500 && !code) || (status === 503 && answer.retryAfter === undefined);
    return { outcome, status, code, ...(malformed ? { malformed } : {}) };
  }
  const order = parsed(body);
  return {
    outcome: 'ok',
    status,
    ...(order?.order_id ? { orderId: order.order_id as string, version: order.version as number } : {}),
    ...(kind === 'place' || kind === 'repeat' ? { body } : {}),
  };
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
