import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from './failure';

const EXIT_INTERRUPTED = 130;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that the command can come to a clean end and say what it did; a second one ends the
 * process at once. Ask for it once per command.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  // A load test has as many listeners as it has clients.
  setMaxListeners(0, controller.signal);
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort(new InterruptedError());
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

/** Resolves after `ms`, or at once when the signal aborts: what comes next looks at the signal itself. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
