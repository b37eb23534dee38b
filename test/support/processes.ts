import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(__dirname, '../..');
const START_DEADLINE_MS = 60_000;

export type AppName = 'api' | 'worker' | 'scheduler';

/** Where each app looks for its port. */
export const PORT_VARIABLE = { api: 'PORT', worker: 'WORKER_PORT', scheduler: 'SCHEDULER_PORT' } as const;

export interface LogLine {
  msg: string;
  [field: string]: unknown;
}

/** A real process of the product, as `npm run start:*` starts it. */
export interface RunningApp {
  url: string;
  child: ChildProcess;
  /** Everything it wrote to stdout and stderr so far. */
  output: () => string;
  /** The log lines among it. They are written behind the work: wait for one with `until`, also when the work is seen done. */
  logged: () => LogLine[];
  /** Sends the signal and waits until the process is gone and all its output here; resolves with its exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts a compiled app on a free port and waits until it is ready. */
export async function startApp(app: AppName, environment: Record<string, string>): Promise<RunningApp> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, `dist/apps/${app}/src/main.js`)], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
      SIMULATED_DELAY_MS_MIN: '0',
      SIMULATED_DELAY_MS_MAX: '0',
      SHUTDOWN_DRAIN_MS: '0',
      ...environment,
      [PORT_VARIABLE[app]]: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = once(child, 'close');
  const running: RunningApp = {
    url: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    logged: () =>
      output
        .slice(0, output.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as LogLine),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${app} did not start:\n${output}`);
    return (await fetch(`${running.url}/health/ready`).catch(() => undefined))?.ok === true;
  }, START_DEADLINE_MS);
  return running;
}

/** Waits until `condition` holds; fails after `deadlineMs`. It looks again and again: nothing here relies on a fixed sleep. */
export async function until(condition: () => Promise<boolean>, deadlineMs = 30_000, everyMs = 50): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${deadlineMs} ms: ${condition.toString()}`);
    await sleep(everyMs);
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
