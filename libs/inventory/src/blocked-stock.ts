import { CONFIG, type Config, isLockTimeout, LOGGER, type Logger, registry, UnavailableError } from '@app/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { StockLevelsRepository } from './stock-levels.repository';

const LOOK_EVERY_MS = 1000;
/** As often as a transaction that meets a lock is begun. */
const LOCK_TIMEOUTS_MAX = 6;

const blockedProducts = new Gauge({
  name: 'stock_lock_blocked_products',
  help: 'Products whose stock somebody keeps locked, as far as this process met them; the log names those of more than a second (stock.blocked)',
  registers: [registry],
});

/** A product whose stock somebody keeps locked. */
export interface BlockedProduct {
  productId: number;
  seconds: number;
}

/**
 * Which products have their stock locked for so long that whoever wants it waits apart, with no place in a batch, so that the others
 * go on. One is found when a brief wait for it was in vain, and forgotten when somebody got it or a look finds it free.
 */
@Injectable()
export class BlockedStock implements OnModuleDestroy {
  /** How long somebody who can not come again by himself waits for stock at most. */
  readonly waitMsMax: number;
  private readonly since = new Map<number, number>();
  private readonly reported = new Set<number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly stockLevels: StockLevelsRepository,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.waitMsMax = config.DB_LOCK_TIMEOUT_MS * LOCK_TIMEOUTS_MAX;
  }

  get isEmpty(): boolean {
    return this.since.size === 0;
  }

  /** Those of the products that are blocked, ascending. */
  of(productIds: readonly number[]): number[] {
    if (this.isEmpty) return [];
    return productIds.filter((id) => this.since.has(id)).sort((a, b) => a - b);
  }

  /** For how long the first of the products is blocked, in milliseconds. */
  ageMs(productIds: readonly number[]): number {
    const now = performance.now();
    return Math.max(0, ...productIds.map((id) => now - (this.since.get(id) ?? now)));
  }

  /** All of them. */
  list(): BlockedProduct[] {
    const now = performance.now();
    return [...this.since].map(([productId, since]) => ({ productId, seconds: (now - since) / 1000 }));
  }

  /** Looks which of the products are locked right now, without waiting. */
  async look(productIds: readonly number[]): Promise<void> {
    const locked = await this.stockLevels.findLocked(productIds);
    this.free(productIds.filter((id) => !locked.has(id)));
    for (const id of locked) if (!this.since.has(id)) this.since.set(id, performance.now());
    this.changed();
  }

  /** Somebody got them. */
  free(productIds: readonly number[]): void {
    if (this.isEmpty) return;
    for (const id of productIds) {
      if (this.reported.delete(id)) this.logger.info({ product_id: id }, 'stock.unblocked');
      this.since.delete(id);
    }
    this.changed();
  }

  /**
   * Waits briefly for those that are blocked, in the queue that Postgres keeps, and has nothing else locked meanwhile. Returns whether
   * they were to be had, and are not blocked any more.
   */
  async wait(productIds: readonly number[]): Promise<boolean> {
    const blocked = this.of(productIds);
    if (blocked.length === 0) return true;
    try {
      await this.stockLevels.waitBriefly(blocked);
      this.free(blocked);
      return true;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      await this.look(blocked);
      return false;
    }
  }

  /**
   * Runs work that locks the stock of these products briefly, again until it got it, and waits for what is in the way meanwhile. The work
   * has to let go of what it locked when it throws 55P03. Throws UnavailableError after {@link waitMsMax}.
   */
  async insist<T>(productIds: readonly number[], work: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + this.waitMsMax;
    for (;;) {
      if (await this.wait(productIds))
        try {
          const result = await work();
          this.free(productIds);
          return result;
        } catch (error) {
          if (!isLockTimeout(error)) throw error;
          await this.look(productIds);
        }
      if (performance.now() > giveUpAt) throw this.unavailable(productIds);
    }
  }

  unavailable(productIds: readonly number[]): UnavailableError {
    const blocked = this.of(productIds);
    return new UnavailableError(
      blocked.length > 0
        ? `The stock of product ${blocked.join(', ')} is locked for long by somebody else. Try again in a moment.`
        : 'The database is busy. Try again in a moment.',
    );
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.since.clear();
    this.changed();
  }

  private changed(): void {
    blockedProducts.set(this.since.size);
    if (!this.isEmpty) this.timer ??= setTimeout(() => void this.lookAgain(), LOOK_EVERY_MS).unref();
  }

  private async lookAgain(): Promise<void> {
    // A database that does not answer is no news.
    await this.look([...this.since.keys()]).catch(() => undefined);
    this.timer = undefined;
    for (const { productId, seconds } of this.list())
      if (seconds * 1000 >= LOOK_EVERY_MS && !this.reported.has(productId)) {
        this.reported.add(productId);
        this.logger.warn({ product_id: productId }, 'stock.blocked');
      }
    this.changed();
  }
}
