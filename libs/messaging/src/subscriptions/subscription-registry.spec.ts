import { z } from 'zod';
import { defineEvent } from '../outbox/event';
import type { EventConsumer } from './event-consumer';
import type { Subscription } from './subscription';
import { SubscriptionRegistry } from './subscription-registry';

const Placed = defineEvent('test.placed.v1', z.object({}));
const Shipped = defineEvent('test.shipped.v1', z.object({}));
const ranks = [{ rank: 1, jobPriority: 1 }];

class Consumer implements EventConsumer {
  handle = async () => undefined;
}

const aSubscription = (name: string, given: Partial<Subscription> = {}): Subscription => ({
  name,
  events: [Placed],
  consumer: Consumer,
  queue: 'fulfillment',
  ...given,
});

describe('subscriptions', () => {
  it('give an event none to many, in the order of the list', () => {
    const subscriptions = new SubscriptionRegistry([aSubscription('first'), aSubscription('second')], {
      unconsumed: [Shipped],
      published: [Placed, Shipped],
    });
    expect(subscriptions.of(Placed.type).map(({ name }) => name)).toEqual(['first', 'second']);
    expect(subscriptions.of(Shipped.type)).toEqual([]);
    expect(subscriptions.types).toEqual([Placed.type, Shipped.type]);
  });

  it.each<[string, () => SubscriptionRegistry]>([
    [
      'Two subscriptions are called first.',
      () => new SubscriptionRegistry([aSubscription('first'), aSubscription('first')]),
    ],
    ['The subscription first has no events.', () => new SubscriptionRegistry([aSubscription('first', { events: [] })])],
    [
      'The subscription first has test.placed.v1 twice.',
      () => new SubscriptionRegistry([aSubscription('first', { events: [Placed, Placed] })]),
    ],
    [
      'test.placed.v1 is defined twice, the second time for second.',
      () =>
        new SubscriptionRegistry([
          aSubscription('first'),
          aSubscription('second', { events: [defineEvent(Placed.type, z.object({}))] }),
        ]),
    ],
    [
      'Two subscriptions have ranks: first, second.',
      () => new SubscriptionRegistry([aSubscription('first', { ranks }), aSubscription('second', { ranks })]),
    ],
    [
      'test.placed.v1 is said to have no subscription, but first is one.',
      () => new SubscriptionRegistry([aSubscription('first')], { unconsumed: [Placed] }),
    ],
    [
      'test.shipped.v1 has no subscription, and is not said to have none.',
      () => new SubscriptionRegistry([aSubscription('first')], { published: [Placed, Shipped] }),
    ],
  ])('refuse to be built: %s', (message, build) => {
    expect(build).toThrow(message);
  });

  it.each(['First', 'first:1', 'first-1', 'first-', 'test.placed.v1', 'canary', 'sentinel', ''])(
    'refuse the name "%s", which would be another job’s or none that a queue takes',
    (name) => {
      expect(() => new SubscriptionRegistry([aSubscription(name)])).toThrow(`"${name}" is no name for a subscription.`);
    },
  );

  it('find whose job it is by its name, and by its type when an earlier version sent it', () => {
    const elsewhere = aSubscription('second', { queue: 'maintenance' });
    const subscriptions = new SubscriptionRegistry([aSubscription('first'), elsewhere, aSubscription('third')]);
    const nameOf = (name: string, queue?: string) => subscriptions.find(name, Placed.type, queue)?.name;
    expect(nameOf('third', 'maintenance')).toBe('third');
    expect(nameOf(Placed.type, 'fulfillment')).toBe('first');
    expect(nameOf(Placed.type, 'maintenance')).toBe('second');
    expect(nameOf(Placed.type, 'bulk')).toBe('first');
    expect(nameOf('unknown', 'fulfillment')).toBeUndefined();
  });
});
