/** Every queue there is. `fulfillment` moves orders; `maintenance` runs what the schedule asks for, and stored bulk requests. */
export const QUEUES = ['fulfillment', 'maintenance'] as const;
export type QueueName = (typeof QUEUES)[number];
