import { CONFIG, type Config, inTime, LOGGER, type Logger, registry } from '@app/platform';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { counterStore, type CounterStore } from './counter-store';
import { type Decision, RequestLimiter } from './request-limiter';

const OPEN_TIMEOUT_MS = 2000;
const PROBE_TIMEOUT_MS = 1000;

/** `user`: by the principal, wherever it sends from. The others by the client's address; `login` and `registration` besides `anonymous`. */
export type LimitName = keyof Config['rateLimits'];

const refused = new Counter({
  name: 'rate_limit_refused_total',
  help: 'Requests refused with 429, by limit',
  labelNames: ['limit'],
  registers: [registry],
});
const notCounted = new Counter({
  name: 'rate_limit_not_counted_total',
  help: 'Requests let through because the store of the rate limits does not answer',
  registers: [registry],
});

/** The limits of the configuration, counted over all API processes. */
@Injectable()
export class RateLimits implements OnModuleInit, OnApplicationShutdown {
  /** Undefined when nothing is limited: then nothing is opened. */
  private readonly store: CounterStore | undefined;
  private readonly limiters: Readonly<Record<LimitName, RequestLimiter | undefined>>;
  /** Its counter is only looked at. */
  private readonly probe: Pick<RateLimiterAbstract, 'get'> | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { anonymous, user, login, registration } = config.rateLimits;
    if (anonymous || user || login || registration) this.store = counterStore(config, dataSource);
    this.probe = this.store?.counters('health', { requests: 1, windowSeconds: 1 });
    this.limiters = {
      anonymous: anonymous && this.limiter('anonymous', anonymous),
      user: user && this.limiter('user', user),
      login: login && this.limiter('login', login),
      registration: registration && this.limiter('registration', registration),
    };
  }

  get isOn(): boolean {
    return this.store !== undefined;
  }

  async onModuleInit(): Promise<void> {
    if (!this.store) return;
    try {
      await inTime(this.store.open(), OPEN_TIMEOUT_MS, new Error(`No connection within ${OPEN_TIMEOUT_MS} ms.`));
    } catch (error) {
      this.noteAway(error);
    }
  }

  onApplicationShutdown(): void {
    this.store?.close();
  }

  /** Counts a request of this client, or says that this limit is not set. */
  take(name: LimitName, client: string): Decision | Promise<Decision> | undefined {
    return this.limiters[name]?.take(client);
  }

  noteRefused(name: LimitName): void {
    refused.inc({ limit: name });
  }

  noteNotCounted(): void {
    notCounted.inc();
  }

  /** Asks the store for a sign of life. */
  async state(): Promise<{ store: CounterStore['name'] | 'none'; fault?: string }> {
    if (!this.store || !this.probe) return { store: 'none' };
    const { name } = this.store;
    try {
      await inTime(this.probe.get('probe'), PROBE_TIMEOUT_MS, new Error(`No answer within ${PROBE_TIMEOUT_MS} ms.`));
      return { store: name };
    } catch (error) {
      return { store: name, fault: textOf(error) };
    }
  }

  private limiter(name: LimitName, limit: NonNullable<Config['rateLimits'][LimitName]>): RequestLimiter {
    const store = this.store!;
    return new RequestLimiter(limit, store.counters(name, limit), () => store.isConnected(), {
      onAway: (error) => this.noteAway(error),
      onBack: () => this.logger.info({ store: store.name }, 'rate_limits.store_back'),
    });
  }

  private noteAway(error: unknown): void {
    this.logger.warn({ err: error, store: this.store?.name }, 'rate_limits.store_away');
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
