import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppName, PORT_VARIABLE, until } from '../../support/processes';

const ROOT = join(__dirname, '../../..');
const READY_WITHIN_MS = 120_000;
const RESTART_AFTER_MS = 100;

/** How a process of the product ended. */
export interface ProcessEnd {
  at: number;
  process: string;
  signal: NodeJS.Signals | null;
  code: number | null;
  /** Somebody wanted it: a fault, a rolling restart, the end of the run. */
  asked: boolean;
}

export interface ProcessOptions {
  app: AppName;
  /** `api-1` */
  name: string;
  port: number;
  environment: Record<string, string>;
  logFile: string;
  /** What the next process in this place is armed with. */
  nextFailpoints: () => string | undefined;
  onEnd: (end: ProcessEnd) => void;
}

/** One place of the deployment: a real process, and another one in its place whenever it ended without being told to. */
export class ManagedProcess {
  private child!: ChildProcess;
  private readonly log: WriteStream;
  private wanted = true;
  private restarting: Promise<void> = Promise.resolve();
  /** Processes of this place that somebody told to end. */
  private readonly askedToEnd = new WeakSet<ChildProcess>();
  /** Failpoints that happened in the process that is in this place now. */
  private happened: string[] = [];

  constructor(private readonly options: ProcessOptions) {
    this.log = createWriteStream(options.logFile, { flags: 'a' });
    this.spawn();
  }

  get name(): string {
    return this.options.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Whether the process has stopped itself with SIGSTOP; `signal('SIGCONT')` lets it go on. */
  get pausedItself(): boolean {
    return this.happened.some((what) => what.endsWith(': pause'));
  }

  /** Resolves when it answers that it is ready, whichever process is in this place then. */
  async ready(signal: AbortSignal): Promise<void> {
    await until(async () => signal.aborted || this.isReady(), READY_WITHIN_MS, 150).catch(() => {
      throw new Error(`${this.name} is not ready within ${READY_WITHIN_MS} ms: see its log`);
    });
    signal.throwIfAborted();
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(3000) }).catch(
      () => undefined,
    );
    await answer?.arrayBuffer().catch(() => undefined);
    return answer?.ok === true;
  }

  /** Another process takes its place a moment later. */
  kill(): void {
    this.askedToEnd.add(this.child);
    this.child.kill('SIGKILL');
  }

  /** For SIGSTOP and SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** Tells it to stop and waits for its end; it is started again only by `start`. Resolves to its exit code and how long it took. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    this.wanted = false;
    await this.restarting;
    const begun = performance.now();
    if (this.isRunning) {
      this.askedToEnd.add(this.child);
      const gone = once(this.child, 'close');
      this.child.kill(signal);
      await gone;
    }
    return { code: this.child.exitCode, ms: performance.now() - begun };
  }

  /** After `stop`. */
  start(): void {
    this.wanted = true;
    this.spawn();
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.log.end(resolve));
  }

  private spawn(): void {
    const { app, port, environment, nextFailpoints } = this.options;
    const armed = nextFailpoints();
    const child = spawn(process.execPath, [join(ROOT, `dist/apps/${app}/src/main.js`)], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        ...environment,
        ...(armed ? { FAILPOINTS: armed } : {}),
        [PORT_VARIABLE[app]]: String(port),
      },
      // The channel ends with this process, and the product's processes with the channel.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.log.write(`--- process ${child.pid}${armed ? `, armed with ${armed}` : ''}\n`);
    this.happened = [];
    const happened = this.happened;
    child.stdout!.on('data', (piece: Buffer) => this.log.write(piece));
    child.stderr!.on('data', (piece: Buffer) => {
      for (const [, what] of piece.toString().matchAll(/^failpoint (\S+: \w+)$/gm)) happened.push(what!);
      this.log.write(piece);
    });
    child.once('close', (code, signal) => {
      const asked = this.askedToEnd.has(child) || happened.some((what) => what.endsWith(': kill'));
      this.options.onEnd({ at: Date.now(), process: this.name, signal, code, asked });
      this.log.write(`--- process ${child.pid} ended: ${signal ?? code}\n`);
      if (this.wanted && this.child === child) this.restarting = this.restart();
    });
  }

  private async restart(): Promise<void> {
    await sleep(RESTART_AFTER_MS);
    if (this.wanted) this.spawn();
  }
}
