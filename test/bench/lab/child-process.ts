import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';

const GRACE_MS = 10_000;
const children = new Set<ChildProcess>();

/** Starts a compiled file as a process that ends with this one at the latest: all of them listen to their channel. */
export function startChild(file: string, args: readonly string[], options: ForkOptions): ChildProcess {
  const child = fork(file, args, options);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends a process in order; by force when it takes too long. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(force);
}

/** Ends whatever is still running, at once. */
export function killChildren(): void {
  for (const child of children) child.kill('SIGKILL');
}
