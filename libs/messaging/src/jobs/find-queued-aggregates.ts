import { isRecord } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';
import { type Transport, TRANSPORT } from '../transports/transport';

/**
 * Which aggregates have a job of a subscription, waiting, held back or running; undefined when its queue cannot show
 * all that it holds. Jobs that other subscriptions have of them, in the same queue, do not count.
 */
@Injectable()
export class FindQueuedAggregates {
  constructor(
    private readonly subscriptions: SubscriptionRegistry,
    @Inject(TRANSPORT) private readonly transport: Transport,
  ) {}

  async execute(subscription: string): Promise<Set<string> | undefined> {
    const { name, queue, events } = this.subscriptions.get(subscription);
    // Jobs of versions that knew one consumer per event are called by the event's type.
    const names = new Set([name, ...events.map(({ type }) => type)]);
    const found = new Set<string>();
    const isWhole = await this.transport.list(queue, (job) => {
      const aggregate = isRecord(job.data) ? job.data.aggregate_id : undefined;
      if (names.has(job.name) && typeof aggregate === 'string') found.add(aggregate);
    });
    return isWhole ? found : undefined;
  }
}
