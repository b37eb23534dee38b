import type { ManagedProcess } from '../processes/managed-process';
import type { Route } from './route';

const LOOK_EVERY_MS = 50;

/** What a load balancer does: it asks each process whether it is ready, and sends requests only to those that are. */
export class Balance {
  private readonly ready: Set<string>;
  private readonly timer: NodeJS.Timeout;
  private turn = 0;

  constructor(private readonly processes: readonly ManagedProcess[]) {
    this.ready = new Set(processes.map(({ url }) => url));
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /** With nobody ready, anybody: the refusal is then the customer's to see. */
  readonly route: Route = () => {
    const urls = this.processes.map(({ url }) => url);
    const open = urls.filter((url) => this.ready.has(url));
    const choice = open.length > 0 ? open : urls;
    return choice[this.turn++ % choice.length]!;
  };

  close(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    await Promise.all(
      this.processes.map(async (process) => {
        if (await process.isReady()) this.ready.add(process.url);
        else this.ready.delete(process.url);
      }),
    );
  }
}
