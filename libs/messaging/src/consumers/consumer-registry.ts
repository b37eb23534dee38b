import { Inject, Injectable } from '@nestjs/common';
import type { EventType } from '../outbox/event';
import { EVENT_CONSUMERS, type EventConsumer, UNCONSUMED_EVENTS } from './event-consumer';

export const DEFAULT_PRIORITY = 2;

/**
 * Which consumer acts on which event type, and which types nobody is to act on. Building it fails when a type has two answers: boot
 * stops there.
 */
@Injectable()
export class ConsumerRegistry {
  /** Every type that this version knows. */
  readonly types: readonly string[];
  /** The consumer whose events wait in line. */
  readonly inLine: EventConsumer | undefined;
  private readonly byType = new Map<string, EventConsumer>();

  constructor(
    @Inject(EVENT_CONSUMERS) consumers: readonly EventConsumer[],
    @Inject(UNCONSUMED_EVENTS) unconsumed: readonly EventType[],
  ) {
    for (const consumer of consumers)
      for (const { type } of consumer.events) {
        const other = this.byType.get(type);
        if (other)
          throw new Error(`${type} has two consumers: ${other.constructor.name} and ${consumer.constructor.name}`);
        this.byType.set(type, consumer);
      }
    const lines = consumers.filter(({ line }) => line);
    if (lines.length > 1)
      throw new Error(`Two consumers have a line: ${lines.map((it) => it.constructor.name).join(', ')}`);
    this.inLine = lines[0];
    for (const { type } of unconsumed)
      if (this.byType.has(type)) throw new Error(`${type} has a consumer and is said to have none`);
    this.types = [...this.byType.keys(), ...unconsumed.map(({ type }) => type)];
  }

  /** The consumer of a type; undefined for an event that nobody acts on. */
  find(type: string): EventConsumer | undefined {
    return this.byType.get(type);
  }
}
