import { Injectable } from '@nestjs/common';
import { QueuePublisher } from '../queue/queue-publisher';
import { SubscriptionRegistry } from '../subscriptions/subscription-registry';

/**
 * Which aggregates have a job of a subscription, waiting, held back or running; undefined when its queue holds more than are looked
 * at. Jobs that other subscriptions have of them, in the same queue, do not count.
 */
@Injectable()
export class FindQueuedAggregates {
  constructor(
    private readonly subscriptions: SubscriptionRegistry,
    private readonly publisher: QueuePublisher,
  ) {}

  async execute(subscription: string): Promise<Set<string> | undefined> {
    const { name, queue, events } = this.subscriptions.get(subscription);
    // Jobs of versions that knew one consumer per event are called by the event's type.
    return this.publisher.aggregatesIn(queue, new Set([name, ...events.map(({ type }) => type)]));
  }
}
