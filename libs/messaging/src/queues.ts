/**
 * Every queue there is. `fulfillment` moves orders, `bulk` places stored bulk requests, `maintenance` runs what the schedule asks
 * for: neither waits behind the others.
 */
export const QUEUES = ['fulfillment', 'bulk', 'maintenance'] as const;
export type QueueName = (typeof QUEUES)[number];

/** A job of `bulk` takes seconds and holds a connection: what a worker cannot begin now is left to the others. */
export const CONCURRENCY_MAX: Partial<Record<QueueName, number>> = { bulk: 2 };
