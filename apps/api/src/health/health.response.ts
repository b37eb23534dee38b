import { z } from 'zod';
import type { Check } from './health-check';
import type { HealthCheckName } from './health-checks';

const status = z.enum(['healthy', 'degraded', 'unhealthy']).meta({ example: 'healthy' });
const check = z.looseObject({ status, message: z.string().optional().meta({ description: 'What is wrong.' }) });
const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });
const percent = z.number().meta({ example: 12.5 });
const healthy = { status: 'healthy' } as const;

/** Every check of the page, as it is when all is well. */
const CHECK_EXAMPLES: Record<HealthCheckName, Check> = {
  database: { ...healthy, response_ms: 0.7 },
  connections: { ...healthy, used: 24, max: 97 },
  disk: { ...healthy, free_gib: 120, free_percent: 48 },
  queue: { ...healthy, queues: { fulfillment: { waiting: 0, delayed: 2, active: 1, failed: 0 } } },
  workers: { ...healthy, count: 1, last_beat_seconds: 2 },
  scheduler: { ...healthy, count: 1, last_beat_seconds: 3 },
  outbox: { ...healthy, waiting: 0, oldest_age_seconds: 0 },
  backlog: { ...healthy, waiting: 0, oldest_age_seconds: 0, begun_per_minute: 40, seconds_left: 0 },
  feed: { ...healthy, lag_seconds: 0 },
  stock: { ...healthy, last_comparison_seconds: 90, products: 50, drifted: 0, orders_held_up: 0 },
  stock_locks: { ...healthy, blocked_products: 0 },
  rate_limits: { ...healthy, store: 'redis' },
  application: { ...healthy, uptime_seconds: 3600 },
};

export const healthSchema = z
  .object({
    status,
    timestamp: time,
    version: z.string().meta({ example: '0.1.0' }),
    environment: z.string().meta({ example: 'development' }),
    checks: z
      .object(Object.fromEntries(Object.keys(CHECK_EXAMPLES).map((name) => [name, check])))
      .meta({ example: CHECK_EXAMPLES }),
    system: z.object({
      cpu_percent: percent,
      memory_percent: percent,
      disk_percent: percent,
      load_average: z.array(z.number()).meta({ example: [0.42, 0.36, 0.3] }),
    }),
  })
  .meta({ id: 'Health' });

export const aliveSchema = z.object({ status: z.literal('alive') }).meta({ id: 'Alive' });

/** As Terminus says it. */
export const readySchema = z
  .object({
    status: z.literal('ok'),
    info: z.looseObject({}),
    error: z.looseObject({}),
    details: z.looseObject({}),
  })
  .meta({
    id: 'Ready',
    example: { status: 'ok', info: { database: { status: 'up' } }, error: {}, details: { database: { status: 'up' } } },
  });

export const machineSchema = z
  .object({
    timestamp: time,
    cpu: z.object({
      percent,
      count: z.number().int().meta({ example: 4 }),
      load_average: z.array(z.number()).meta({ example: [0.42, 0.36, 0.3] }),
    }),
    memory: z.object({
      total_gib: z.number().meta({ example: 16 }),
      available_gib: z.number().meta({ example: 9.5 }),
      percent,
      process_rss_mib: z.number().meta({ example: 140 }),
    }),
    disk: z.object({
      total_gib: z.number().meta({ example: 250 }),
      free_gib: z.number().meta({ example: 120 }),
      percent,
    }),
    processes: z.object({
      pid: z.number().int().meta({ example: 4711 }),
      uptime_seconds: z.number().meta({ example: 3600 }),
    }),
    boot_time: time,
  })
  .meta({ id: 'Machine' });

export const METRICS_EXAMPLE = `# HELP orders_placement_total Requests to place an order by outcome; refused ones by error code (INVENTORY_INSUFFICIENT_STOCK: an oversell prevented)
# TYPE orders_placement_total counter
orders_placement_total{outcome="placed"} 12
`;
