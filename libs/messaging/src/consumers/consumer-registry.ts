import { Inject, Injectable } from '@nestjs/common';
import { EVENT_CONSUMERS, type EventConsumer } from './event-consumer';

export const DEFAULT_PRIORITY = 2;

/** Which consumer acts on which event type. Building it fails when two claim the same type: boot stops there. */
@Injectable()
export class ConsumerRegistry {
  private readonly byType = new Map<string, EventConsumer>();

  constructor(@Inject(EVENT_CONSUMERS) consumers: readonly EventConsumer[]) {
    for (const consumer of consumers)
      for (const { type } of consumer.events) {
        const other = this.byType.get(type);
        if (other)
          throw new Error(`${type} has two consumers: ${other.constructor.name} and ${consumer.constructor.name}`);
        this.byType.set(type, consumer);
      }
  }

  /** The consumer of a type; undefined for an event that nobody acts on. */
  find(type: string): EventConsumer | undefined {
    return this.byType.get(type);
  }
}
