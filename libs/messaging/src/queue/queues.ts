/** Every queue there is. `fulfillment` moves orders; `maintenance` runs what the schedule asks for. */
export const QUEUES = ['fulfillment', 'maintenance'] as const;
export type QueueName = (typeof QUEUES)[number];
