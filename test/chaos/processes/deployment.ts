import { join } from 'node:path';
import { type AppName, freePort } from '../../support/processes';
import { ManagedProcess, type ProcessEnd } from './managed-process';

const APPS = ['api', 'worker', 'scheduler'] as const;
const PER_APP = 2;

/** For each app, what its processes are armed with, in the order in which they are started; the rest are not armed. */
export type Armament = Partial<Record<AppName, string[]>>;

/** Two api, two worker and two scheduler processes, kept running like an orchestrator does. */
export class Deployment {
  /** Every end of a process so far, in order. */
  readonly ends: ProcessEnd[] = [];
  private readonly processes = new Map<AppName, ManagedProcess[]>();

  private constructor(
    private readonly armament: Record<AppName, string[]>,
    private readonly signal: AbortSignal,
  ) {}

  static async start(options: {
    environmentOf: (app: AppName) => Record<string, string>;
    armament?: Armament;
    logFolder: string;
    signal: AbortSignal;
  }): Promise<Deployment> {
    const { api = [], worker = [], scheduler = [] } = options.armament ?? {};
    const deployment = new Deployment(
      { api: [...api], worker: [...worker], scheduler: [...scheduler] },
      options.signal,
    );
    for (const app of APPS)
      deployment.processes.set(
        app,
        await Promise.all(Array.from({ length: PER_APP }, (_, index) => deployment.place(app, index + 1, options))),
      );
    return deployment;
  }

  get apis(): readonly ManagedProcess[] {
    return this.processes.get('api')!;
  }

  get workers(): readonly ManagedProcess[] {
    return this.processes.get('worker')!;
  }

  get schedulers(): readonly ManagedProcess[] {
    return this.processes.get('scheduler')!;
  }

  get all(): readonly ManagedProcess[] {
    return [...this.processes.values()].flat();
  }

  /** Faults that are planned and have not found a process yet. */
  get unarmed(): number {
    return Object.values(this.armament).flat().length;
  }

  /** The next process that is started for the app is armed with this. */
  arm(app: AppName, ...failpoints: string[]): void {
    this.armament[app].push(...failpoints);
  }

  /** Processes that are started from now on are not armed. */
  disarm(): void {
    for (const planned of Object.values(this.armament)) planned.length = 0;
  }

  get kills(): number {
    return this.ends.filter(({ signal }) => signal === 'SIGKILL').length;
  }

  /** Resolves when all of them answer that they are ready; rejects when the run is interrupted. */
  async ready(): Promise<void> {
    await Promise.all(this.all.map((process) => process.ready(this.signal)));
  }

  /** Stops everything; what does not stop by itself within its deadline is killed. Resolves to each one's exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }[]> {
    // What was frozen by a fault must hear the signal.
    for (const process of this.all) if (process.isRunning) process.signal('SIGCONT');
    const results = await Promise.all(this.all.map((process) => process.stop(signal)));
    await Promise.all(this.all.map((process) => process.close()));
    return results;
  }

  private async place(
    app: AppName,
    number: number,
    options: { environmentOf: (app: AppName) => Record<string, string>; logFolder: string },
  ): Promise<ManagedProcess> {
    const name = `${app}-${number}`;
    return new ManagedProcess({
      app,
      name,
      port: await freePort(),
      environment: options.environmentOf(app),
      logFile: join(options.logFolder, `${name}.log`),
      nextFailpoints: () => this.armament[app].shift(),
      onEnd: (end) => this.ends.push(end),
    });
  }
}
