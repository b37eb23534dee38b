import type { TestDatabase } from '../support/database';
import { NEXT, type ShopModel } from './shop-model';

/** Everything that can be compared, as text that a person can read beside another. */
export type ShopFacts = Record<string, string>;

export function modelFacts(model: ShopModel): ShopFacts {
  const facts: ShopFacts = {};
  for (const [product, { onHand, reserved, movements }] of model.levels) {
    const kinds = Object.entries(movements).map(([kind, count]) => `${count} ${kind}`);
    // Level, sums of the ledger, and what orders reserve, are one figure here and three in the database.
    facts[`product ${product}`] =
      `on hand ${onHand}/${onHand}, reserved ${reserved}/${reserved}/${reserved}, ${kinds.sort().join(', ')}`;
  }
  for (const [id, { status, version, putBacks, stale, lines, stock, events }] of model.orders) {
    const reservations = lines.map(({ product, quantity }) => `${quantity} of ${product} ${stock}`);
    facts[`order ${id}`] = [
      `${stale && NEXT[status] ? 'stale ' : ''}${status} in version ${version}, put back ${putBacks} times, ${version - 1} kept versions`,
      reservations.sort().join(', '),
      events
        .map((event) => `${event.type}@${event.version}`)
        .sort()
        .join(' '),
    ].join('; ');
  }
  return facts;
}

/** Reads the same from the database, for these products and all orders that have a line of them. */
export async function databaseFacts(database: TestDatabase, products: readonly number[]): Promise<ShopFacts> {
  const rows = await database.query<{ name: string; fact: string }>(
    `select 'product ' || product_id as name,
            format('on hand %s/%s, reserved %s/%s/%s, %s', on_hand,
                   (select coalesce(sum(new_on_hand - previous_on_hand), 0) from inventory.stock_movements m where m.product_id = level.product_id),
                   reserved,
                   (select coalesce(sum(new_reserved - previous_reserved), 0) from inventory.stock_movements m where m.product_id = level.product_id),
                   (select coalesce(sum(quantity), 0) from inventory.reservations r where r.product_id = level.product_id and state = 'held'),
                   (select string_agg(format('%s %s', count, kind), ', ' order by format('%s %s', count, kind) collate "C")
                      from (select kind, count(*) from inventory.stock_movements m where m.product_id = level.product_id group by kind) kinds)) as fact
       from inventory.stock_levels level where product_id = any($1)
     union all
     select 'order ' || id,
            format('%s%s in version %s, put back %s times, %s kept versions; %s; %s',
                   case when status in ('pending', 'processing', 'shipped')
                         and status_since < now() - interval '1 hour'
                         and not exists (select from messaging.outbox where aggregate_id = o.id and published_at is null) then 'stale ' end,
                   status, version, put_backs,
                   (select count(*) from audit.order_versions v where v.id = o.id),
                   (select string_agg(text, ', ' order by text collate "C")
                      from (select format('%s of %s %s', quantity, product_id, state) as text from inventory.reservations r where r.order_id = o.id) held),
                   (select string_agg(text, ' ' order by text collate "C")
                      from (select format('%s@%s', type, aggregate_version) as text from messaging.outbox where aggregate_id = o.id) events))
       from orders.orders o
      where id in (select order_id from orders.order_lines where product_id = any($1))`,
    [products],
  );
  return Object.fromEntries(rows.map(({ name, fact }) => [name, fact]));
}
