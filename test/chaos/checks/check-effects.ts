import { checkInvariants, type Invariant } from '@app/platform';
import type { DataSource } from 'typeorm';
import type { Check } from './check';

/** What `verify` does not look at because it is true only after a run that began with an empty database. */
const EFFECTS: readonly Invariant[] = [
  {
    id: 'I6',
    name: 'each stock effect happened once per order and product',
    breaches: `
      select format('order %s, product %s: %s × %s', order_id, product_id, kind, count(*)) as example
        from inventory.stock_movements where order_id is not null
       group by order_id, product_id, kind having count(*) > 1`,
    figures: `select count(*) as movements from inventory.stock_movements where order_id is not null`,
  },
  {
    id: 'I7',
    name: 'each version of each order left the outbox',
    breaches: `
      select format('order %s: version %s of %s was never published', o.id, known.version, o.version) as example
        from orders.orders o cross join generate_series(1, o.version) known (version)
       where not exists (select from messaging.outbox event
                          where event.aggregate_id = o.id and event.aggregate_version = known.version and event.published_at is not null)`,
    figures: `
      select count(*) filter (where type like 'order.%') as order_events,
             count(*) filter (where type = 'order.resumed.v1') as resumed,
             count(*) filter (where type = 'queue.lost.v1') as queues_lost
        from messaging.outbox`,
  },
];

export async function checkEffects(source: DataSource): Promise<Check[]> {
  return checkInvariants(source, EFFECTS, { quiescent: true });
}
