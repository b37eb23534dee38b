import type { Type } from '@nestjs/common';
import { CheckApplication } from './checks/check-application';
import { CheckBacklog } from './checks/check-backlog';
import { CheckConnections } from './checks/check-connections';
import { CheckDatabase } from './checks/check-database';
import { CheckDisk } from './checks/check-disk';
import { CheckFeed } from './checks/check-feed';
import { CheckOutbox } from './checks/check-outbox';
import { CheckQueue } from './checks/check-queue';
import { CheckRateLimits } from './checks/check-rate-limits';
import { CheckScheduler } from './checks/check-scheduler';
import { CheckStock } from './checks/check-stock';
import { CheckStockLocks } from './checks/check-stock-locks';
import { CheckWorkers } from './checks/check-workers';
import type { HealthCheck } from './health-check';

/** Every check by its name on the health page, in the order of the page. Its example is in health.response.ts. */
export const HEALTH_CHECKS = {
  database: CheckDatabase,
  connections: CheckConnections,
  disk: CheckDisk,
  queue: CheckQueue,
  workers: CheckWorkers,
  scheduler: CheckScheduler,
  outbox: CheckOutbox,
  backlog: CheckBacklog,
  feed: CheckFeed,
  stock: CheckStock,
  stock_locks: CheckStockLocks,
  rate_limits: CheckRateLimits,
  application: CheckApplication,
} as const satisfies Record<string, Type<HealthCheck>>;

export type HealthCheckName = keyof typeof HEALTH_CHECKS;
