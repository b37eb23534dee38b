import { spawn } from 'node:child_process';
import { ROOT } from './environment.mjs';
import { exitCode, forEachLine, sleep } from './processes.mjs';
import { SERVICE_FLAGS } from './service-flags.mjs';

const GRACE_MS = 10_000;
const RESTART_DELAY_MS_MIN = 1000;
const RESTART_DELAY_MS_MAX = 30_000;
const STABLE_AFTER_MS = 60_000;

/** One of the product's processes: started again, ever more slowly, each time it ends by itself. */
export class SupervisedApp {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** Resolves when it has ended. */
  #ended = Promise.resolve();
  #restart;
  #stopping = false;
  #restartDelayMs = RESTART_DELAY_MS_MIN;
  /** When it ended by itself, in milliseconds; oldest first. */
  deaths = [];

  /** `onLine` gets its output, `onStart` its process id, `onDeath` is told how it ended and says whether to start it again. */
  constructor({ name, port, env, onLine, onStart, onDeath }) {
    this.name = name;
    this.port = port;
    this.env = env;
    this.onLine = onLine;
    this.onStart = onStart;
    this.onDeath = onDeath;
  }

  start() {
    const startedAt = Date.now();
    const main = `dist/apps/${this.name}/src/main.js`;
    const child = spawn(process.execPath, [...SERVICE_FLAGS, main], {
      cwd: ROOT,
      env: this.env,
      // Its own process group: Ctrl-C reaches only this supervisor, which stops the processes in order.
      detached: true,
      // The channel closes when this supervisor dies, whatever the cause; the process then stops by itself.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    if (child.pid) this.onStart(child.pid);
    for (const output of [child.stdout, child.stderr]) if (output) forEachLine(output, this.onLine);
    child.once('error', (error) => this.onLine(error.message));
    this.#ended = new Promise((resolve) => child.once('close', () => resolve()));
    child.once('close', (code, killedBy) => this.#afterEnd(exitCode(code, killedBy), Date.now() - startedAt));
  }

  /** Whether it answers that it is ready to work. */
  async isReady() {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/health/ready`, { signal: AbortSignal.timeout(2000) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Resolves when it has ended: by itself after SIGTERM, or by SIGKILL after the grace. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    child.kill('SIGTERM');
    const deadline = setTimeout(() => {
      this.onLine(`did not stop within ${GRACE_MS / 1000} s: killed`);
      this.kill();
    }, GRACE_MS);
    await this.#ended;
    clearTimeout(deadline);
  }

  /** Ends it, and whatever it started, without waiting for its work. */
  kill() {
    try {
      process.kill(-(this.#child?.pid ?? NaN), 'SIGKILL');
    } catch {
      // already gone
    }
  }

  #afterEnd(code, livedMs) {
    this.kill(); // what it may have left behind in its group
    if (this.#stopping) return;
    this.deaths.push(Date.now());
    if (livedMs > STABLE_AFTER_MS) this.#restartDelayMs = RESTART_DELAY_MS_MIN;
    const delayMs = this.#restartDelayMs;
    this.#restartDelayMs = Math.min(2 * delayMs, RESTART_DELAY_MS_MAX);
    if (this.onDeath({ app: this, code, delayMs })) this.#restart = setTimeout(() => this.start(), delayMs);
  }
}

/** Resolves when all have been ready; takes those that are out of the set `waiting`. */
export async function waitUntilReady(waiting, signal) {
  for (;;) {
    await Promise.all([...waiting].map(async (app) => (await app.isReady()) && waiting.delete(app)));
    if (waiting.size === 0) return;
    await sleep(200, signal);
  }
}

const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;
