import type { EventType } from '../outbox/event';
import type { Subscription } from './subscription';

const NAME = /^[a-z]+(-[a-z]+)*$/;
/** Jobs that are nobody's are called so. */
const RESERVED_NAMES = ['canary', 'sentinel'];

/** What is known of events beside the subscriptions. */
export interface KnownEvents {
  /** Events that are published for readers of the feed only. */
  unconsumed?: readonly EventType[];
  /** Every event that may be published: each must have a subscription, or be among `unconsumed`. Not compared when not given. */
  published?: readonly EventType[];
}

/**
 * The subscriptions of this version. Building it throws when they contradict each other or an event would be nobody's, which ends
 * the boot.
 *
 * The order of the list says one thing: what carries no subscription's name (jobs and dead letters of versions that knew one consumer
 * per event) belongs to the first subscription of its type. So a new one is appended behind those that exist.
 */
export class SubscriptionRegistry {
  /** Every event type that this version knows. */
  readonly types: readonly string[];
  /** The subscription whose events have a rank and wait for their turn. */
  readonly ranked: Subscription | undefined;
  private readonly byName = new Map<string, Subscription>();
  private readonly byType = new Map<string, Subscription[]>();
  private readonly events = new Map<string, EventType>();

  constructor(subscriptions: readonly Subscription[], { unconsumed = [], published }: KnownEvents = {}) {
    for (const subscription of subscriptions) this.add(subscription);
    const ranked = subscriptions.filter(({ ranks }) => ranks).map(({ name }) => name);
    if (ranked.length > 1) throw new Error(`Two subscriptions have ranks: ${ranked.join(', ')}.`);
    this.ranked = subscriptions.find(({ ranks }) => ranks);
    for (const { type } of unconsumed)
      if (this.byType.has(type))
        throw new Error(`${type} is said to have no subscription, but ${this.of(type)[0]!.name} is one.`);
    this.types = [...this.byType.keys(), ...unconsumed.map(({ type }) => type)];
    const unknown = published?.find(({ type }) => !this.types.includes(type));
    if (unknown) throw new Error(`${unknown.type} has no subscription, and is not said to have none.`);
  }

  /** All subscriptions of an event type; none when nobody acts on it. */
  of(type: string): readonly Subscription[] {
    return this.byType.get(type) ?? [];
  }

  /** The definition of an event type that has a subscription. */
  eventOf(type: string): EventType | undefined {
    return this.events.get(type);
  }

  /** The subscription of this name. Throws when there is none. */
  get(name: string): Subscription {
    const subscription = this.byName.get(name);
    if (!subscription) throw new Error(`There is no subscription ${name}.`);
    return subscription;
  }

  /**
   * Whose job it is that has this name and an event of this type. One of a version that knew one consumer per event is called by the
   * type: it belongs to the first subscription of the type on its queue, or of all when none of them uses that queue any more.
   */
  find(name: string, type: string, queue?: string): Subscription | undefined {
    if (name !== type) return this.byName.get(name);
    return this.of(type).find((subscription) => subscription.queue === queue) ?? this.of(type)[0];
  }

  private add(subscription: Subscription): void {
    const { name, events } = subscription;
    if (!isSubscriptionName(name)) throw new Error(`"${name}" is no name for a subscription.`);
    if (this.byName.has(name)) throw new Error(`Two subscriptions are called ${name}.`);
    this.byName.set(name, subscription);
    if (events.length === 0) throw new Error(`The subscription ${name} has no events.`);
    for (const event of events) {
      const known = this.events.get(event.type) ?? event;
      if (known !== event) throw new Error(`${event.type} is defined twice, the second time for ${name}.`);
      this.events.set(event.type, event);
      const others = this.of(event.type);
      if (others.includes(subscription)) throw new Error(`The subscription ${name} has ${event.type} twice.`);
      this.byType.set(event.type, [...others, subscription]);
    }
  }
}

/** Whether a job may carry this as the name of its subscription, known or not. */
export function isSubscriptionName(name: string): boolean {
  return NAME.test(name) && !RESERVED_NAMES.includes(name);
}
