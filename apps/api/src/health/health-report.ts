import { HeartbeatsRepository, OutboxRepository } from '@app/messaging';
import { CONFIG, type Config, inTime, keysOf, LOGGER, type Logger, packageVersion, recordOfAll } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Check, HealthCheck, Reading, Status } from './health-check';
import { HEALTH_CHECKS, type HealthCheckName } from './health-checks';
import { type SystemLoad, SystemProbe } from './system-load';

/** A check that says nothing for so long is not known. */
const CHECK_TIMEOUT_MS = 3000;

const VERSION = packageVersion();

export interface HealthReport {
  status: Status;
  timestamp: string;
  version: string;
  environment: string;
  checks: Record<HealthCheckName, Check>;
  system: SystemLoad;
}

/**
 * What the health page says. It asks Postgres only: workers and schedulers beat there, and workers bring the depths of the queues
 * with their beat, so that a frozen Redis can not freeze this page. Whatever fails, it says of each check what is known.
 */
@Injectable()
export class HealthReporter {
  private readonly system = new SystemProbe();

  constructor(
    private readonly modules: ModuleRef,
    private readonly heartbeats: HeartbeatsRepository,
    private readonly outbox: OutboxRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async report(): Promise<HealthReport> {
    const [checks, system] = await Promise.all([this.checkAll(), this.system.load()]);
    return {
      status: worst(Object.values(checks)),
      timestamp: new Date().toISOString(),
      version: VERSION,
      environment: this.config.NODE_ENV,
      checks,
      system,
    };
  }

  machine() {
    return this.system.details();
  }

  private async checkAll(): Promise<Record<HealthCheckName, Check>> {
    const reading: Reading = {
      beats: onceOnly(() => this.heartbeats.list()),
      backlog: onceOnly(() => this.outbox.backlog()),
    };
    const database = await this.check('database', reading);
    return recordOfAll(keysOf(HEALTH_CHECKS), async (name): Promise<Check> => {
      if (name === 'database') return database;
      if (database.response_ms === undefined && this.instance(name).needsDatabase)
        return { status: 'degraded', message: 'Unknown while Postgres does not answer.' };
      return this.check(name, reading);
    });
  }

  private async check(name: HealthCheckName, reading: Reading): Promise<Check> {
    const late = new Error(`No answer within ${CHECK_TIMEOUT_MS} ms.`);
    try {
      return await inTime(this.instance(name).execute(reading), CHECK_TIMEOUT_MS, late);
    } catch (error) {
      this.logger.warn({ err: error, check: name }, 'health.check_failed');
      return { status: 'degraded', message: 'Unknown: the check itself failed. The log says why.' };
    }
  }

  private instance(name: HealthCheckName): HealthCheck {
    return this.modules.get<HealthCheck>(HEALTH_CHECKS[name]);
  }
}

function onceOnly<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

function worst(checks: readonly Check[]): Status {
  if (checks.some(({ status }) => status === 'unhealthy')) return 'unhealthy';
  return checks.some(({ status }) => status === 'degraded') ? 'degraded' : 'healthy';
}
