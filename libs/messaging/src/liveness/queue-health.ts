import { registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { QUEUES, type QueueName } from '../queues';
import { type QueueDepth, type Transport, TRANSPORT } from '../transports/transport';

const queueJobs = new Gauge({
  name: 'queue_jobs',
  help: 'Jobs by queue and state, as of the last heartbeat',
  labelNames: ['queue', 'state'],
  registers: [registry],
});

/** How the queues and their server are: what a worker says of them with its heartbeat, and whether it is ready. */
@Injectable()
export class QueueHealth {
  constructor(@Inject(TRANSPORT) private readonly transport: Transport) {}

  /** Jobs per queue and state, as the queue server counts them. */
  async depths(): Promise<Record<QueueName, QueueDepth>> {
    const depths = await this.transport.depths();
    for (const queue of QUEUES)
      for (const [state, count] of Object.entries(depths[queue])) queueJobs.set({ queue, state }, count);
    return depths;
  }

  /** Whether the queue server answers. */
  answers(): Promise<boolean> {
    return this.transport.answers();
  }

  /** What is wrong with the queue server although it answers, a sentence each. */
  serverFaults(): Promise<string[]> {
    return this.transport.serverFaults();
  }
}
