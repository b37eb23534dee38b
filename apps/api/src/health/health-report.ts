import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DriftCheck, DriftRepository } from '@app/inventory';
import {
  type Heartbeat,
  HEARTBEAT_FRESH_SECONDS,
  HeartbeatsRepository,
  OutboxRepository,
  type QueueDepth,
} from '@app/messaging';
import { CONFIG, type Config, DatabaseProbe } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type SystemLoad, SystemProbe } from './system-load';

/** An outbox row that waits longer than this says that no relay gets through. */
const OUTBOX_AGE_SECONDS_MAX = 30;

const VERSION = packageVersion();

type Status = 'healthy' | 'degraded' | 'unhealthy';

interface Check {
  status: Status;
  [detail: string]: unknown;
}

export interface HealthReport {
  status: Status;
  timestamp: string;
  version: string;
  environment: string;
  checks: Record<'database' | 'queue' | 'workers' | 'scheduler' | 'outbox' | 'stock' | 'application', Check>;
  system: SystemLoad;
}

/**
 * What the health page says. It asks Postgres only: workers and schedulers beat there, and workers bring the depths of the queues
 * with their beat, so that a frozen Redis can not freeze this page.
 */
@Injectable()
export class HealthReporter {
  private readonly system = new SystemProbe();

  constructor(
    private readonly database: DatabaseProbe,
    private readonly heartbeats: HeartbeatsRepository,
    private readonly outbox: OutboxRepository,
    private readonly drift: DriftRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async report(): Promise<HealthReport> {
    const [database, system] = await Promise.all([this.checkDatabase(), this.system.load()]);
    const rest = database.status === 'healthy' ? await this.checkProcesses() : unknownProcesses();
    const checks = {
      database,
      ...rest,
      application: { status: 'healthy', uptime_seconds: Math.round(process.uptime()) } as Check,
    };
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

  private async checkDatabase(): Promise<Check> {
    try {
      return { status: 'healthy', response_ms: Math.round((await this.database.answerMs()) * 10) / 10 };
    } catch {
      return { status: 'unhealthy', message: 'Postgres does not answer. Orders cannot be taken.' };
    }
  }

  private async checkProcesses(): Promise<Record<'queue' | 'workers' | 'scheduler' | 'outbox' | 'stock', Check>> {
    const [beats, backlog, drift] = await Promise.all([
      this.heartbeats.list(),
      this.outbox.backlog(),
      this.drift.lastCheck(),
    ]);
    const late = backlog.oldestAgeSeconds > OUTBOX_AGE_SECONDS_MAX;
    return {
      queue: queueCheck(beats),
      workers: this.workersCheck(beats),
      scheduler: liveCheck(beats, 'scheduler', 'Stale orders are not looked for until one runs.'),
      outbox: {
        status: late ? 'degraded' : 'healthy',
        waiting: backlog.waiting,
        oldest_age_seconds: Math.round(backlog.oldestAgeSeconds * 10) / 10,
        ...(late
          ? {
              message:
                `Events wait too long, the oldest is ${backlog.oldestType}: is a worker running that knows it, and does it reach ` +
                'the queue?',
            }
          : {}),
      },
      stock: stockCheck(drift),
    };
  }

  /** A worker that beats and does nothing is no better than none. */
  private workersCheck(beats: readonly Heartbeat[]): Check {
    const alive = liveCheck(beats, 'worker', 'Orders are accepted and wait until one runs.');
    const fresh = beats.filter(
      ({ process, ageSeconds }) => process === 'worker' && ageSeconds <= HEARTBEAT_FRESH_SECONDS,
    );
    const stalledSeconds = this.config.WORKER_STALLED_AFTER_MS / 1000;
    const ages = fresh.map(({ details }) => (details.last_job_seconds ?? {}) as Record<string, number>);
    for (const queue of Object.keys(ages[0] ?? {})) {
      const newest = Math.min(...ages.map((age) => age[queue] ?? Infinity));
      if (newest > stalledSeconds)
        return { ...alive, status: 'degraded', message: `No job came through the ${queue} queue for ${newest} s.` };
    }
    const idle = fresh.filter(({ details }) => ((details.stalled ?? []) as unknown[]).length > 0);
    if (idle.length === 0) return alive;
    const names = idle.map(({ instance }) => instance).join(', ');
    return { ...alive, status: 'degraded', message: `Running, but taking no jobs: ${names}. Restart it.` };
  }
}

function liveCheck(beats: readonly Heartbeat[], process: string, consequence: string): Check {
  const fresh = beats.filter((beat) => beat.process === process && beat.ageSeconds <= HEARTBEAT_FRESH_SECONDS);
  if (fresh.length > 0)
    return { status: 'healthy', count: fresh.length, last_beat_seconds: Math.round(fresh[0]!.ageSeconds) };
  return { status: 'degraded', count: 0, message: `No ${process} is alive. ${consequence}` };
}

function queueCheck(beats: readonly Heartbeat[]): Check {
  const reporting = beats.find((beat) => beat.process === 'worker' && beat.ageSeconds <= HEARTBEAT_FRESH_SECONDS);
  if (!reporting) return { status: 'degraded', message: 'Unknown: no worker reports.' };
  const queues = reporting.details.queues as Record<string, QueueDepth> | null;
  if (!queues) return { status: 'degraded', message: 'The worker does not reach the queue server.' };
  return { status: 'healthy', queues };
}

function stockCheck(drift: DriftCheck | undefined): Check {
  if (!drift) return { status: 'healthy', last_comparison_seconds: null };
  const { ageSeconds, checked, drifted, examples } = drift;
  const figures = { last_comparison_seconds: Math.round(ageSeconds), products: checked, drifted };
  if (drifted === 0) return { status: 'healthy', ...figures };
  return {
    status: 'degraded',
    ...figures,
    message:
      `${drifted} ${drifted === 1 ? 'level is' : 'levels are'} not what the ledger says (product ${examples.join(', ')}` +
      `${drifted > examples.length ? ', …' : ''}). See them with: npm run cli -- reconcile-stock`,
  };
}

function unknownProcesses(): Record<'queue' | 'workers' | 'scheduler' | 'outbox' | 'stock', Check> {
  const unknown: Check = { status: 'degraded', message: 'Unknown while Postgres does not answer.' };
  return { queue: unknown, workers: unknown, scheduler: unknown, outbox: unknown, stock: unknown };
}

function worst(checks: readonly Check[]): Status {
  if (checks.some(({ status }) => status === 'unhealthy')) return 'unhealthy';
  return checks.some(({ status }) => status === 'degraded') ? 'degraded' : 'healthy';
}

/** The compiled file is one folder deeper than its source; `dist` has the package.json beside it, in the image too. */
function packageVersion(): string {
  const roots = ['../../../..', '../../../../..'];
  const file = roots.map((root) => join(__dirname, root, 'package.json')).find(existsSync);
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}
