import type { Store, StoreLimits, StoreLocation } from './store';

/** A store that could not be reached is not asked again for so long: what waits for it fails at once, and does not add up to hours. */
const REFUSED_FOR_MS = 250;

export type OpenStore = (name: string) => Promise<Store>;

/** Opens what a location says. A thread loads the driver that it needs, and not the other one. */
export async function openStore(name: string, location: StoreLocation, limits: StoreLimits): Promise<Store> {
  if (location.engine === 'postgres') {
    const { openPostgresStore } = await import('./postgres-store.js');
    return openPostgresStore(name, location.url, limits);
  }
  const { openSqliteStore } = await import('./sqlite-store.js');
  return openSqliteStore(name, location.file, limits);
}

/**
 * The connections of one thread: one per store that it really uses, opened when it is first asked for, and again after it was lost.
 * Beyond `connectionsMax` the one that was not used for the longest time is closed.
 */
export class StoreConnections {
  private readonly stores = new Map<string, Store>();
  private readonly failures = new Map<string, { error: unknown; until: number }>();

  constructor(
    private readonly open: OpenStore,
    private readonly connectionsMax: number,
  ) {}

  /** The names of the stores that are open now. */
  get openNames(): string[] {
    return [...this.stores.keys()];
  }

  /** Whether one of them was lost, or gave no answer. */
  get hasLost(): boolean {
    return [...this.stores.values()].some(({ isUsable }) => !isUsable);
  }

  /** The store was just made: that it was not there is no reason to wait. */
  forgetFailure(name: string): void {
    this.failures.delete(name);
  }

  /** The connections to these stores; none of them is closed on the way to the last. */
  async use(names: readonly string[]): Promise<Store[]> {
    const used: Store[] = [];
    for (const name of names) used.push(await this.one(name, names));
    return used;
  }

  async close(): Promise<void> {
    const open = [...this.stores.values()];
    this.stores.clear();
    await Promise.all(open.map((store) => store.close()));
  }

  private async one(name: string, kept: readonly string[]): Promise<Store> {
    const known = this.stores.get(name);
    this.stores.delete(name);
    const store = known?.isUsable ? known : await this.reopen(name);
    this.stores.set(name, store);
    const spare = this.openNames.filter((each) => !kept.includes(each));
    for (const each of spare.slice(0, Math.max(0, this.stores.size - this.connectionsMax))) {
      const unused = this.stores.get(each);
      this.stores.delete(each);
      await unused?.close();
    }
    return store;
  }

  private async reopen(name: string): Promise<Store> {
    const failure = this.failures.get(name);
    if (failure && performance.now() < failure.until) throw failure.error;
    try {
      return await this.open(name);
    } catch (error) {
      this.failures.set(name, { error, until: performance.now() + REFUSED_FOR_MS });
      throw error;
    }
  }
}
