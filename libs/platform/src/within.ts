import { setTimeout as sleep } from 'node:timers/promises';

/** Gives what the work gives; rejects with `late` when that takes longer. The work itself goes on: nobody waits for it any more. */
export function inTime<T>(work: Promise<T>, timeoutMs: number, late: Error): Promise<T> {
  const settled = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: settled.signal }).then(() => {
    throw late;
  });
  return Promise.race([work, timeout]).finally(() => settled.abort());
}

/**
 * Waits for work that must not hold a stopping process back: resolves to true when it is done or has failed, to false when the
 * time is over. What a server that is gone leaves hanging ends with the process.
 */
export function within(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const done = work.then(
    () => true,
    () => true,
  );
  return inTime(done, timeoutMs, new Error(`Not within ${timeoutMs} ms.`)).catch(() => false);
}
