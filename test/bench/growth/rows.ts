import { STOCK } from '../lab/stock';
import { PRODUCTS } from '../load/requests';
import { line, LINES } from './facts';

/** As by default: older versions are cleaned up, published events after a day. */
const HISTORY = `interval '90 days'`;
const OUTBOX = `interval '24 hours'`;

/** End of the addresses of those who are there when a measurement begins. */
export const GROWN = '@grown.example.com';
const EMAIL = `'customer' || customer || '${GROWN}'`;
const GIVEN = `'Given' || customer % 997`;
const FAMILY = `'Family' || customer % 4999`;

/** When an order reached a state, as if each step had taken some seconds. */
const STARTED = `at + interval '2 seconds'`;
const SHIPPED = `at + interval '5 seconds'`;
const DELIVERED = `at + interval '8 seconds'`;
const ENDED = `case status when 'pending' then at when 'delivered' then ${DELIVERED} else ${STARTED} end`;

/** The tables that orders fill. */
export const TABLES = [
  'orders.orders',
  'orders.order_lines',
  'orders.order_search',
  'orders.statistics_minutes',
  'audit.order_versions',
  'inventory.reservations',
  'inventory.stock_movements',
  'messaging.outbox',
];

export interface Step {
  title: string;
  sql: string;
}

/** Statements that fill the tables as the triggers would have left them. Those of one list may run at the same time. */
export function fillings(): Step[][] {
  return [
    [
      { title: 'movements of first lines', sql: movements(line('a', 1, 0)) },
      { title: 'orders', sql: ORDERS },
      { title: 'movements of second lines', sql: movements(line('b', 2, 2)) },
      { title: 'search', sql: SEARCH },
      { title: 'lines', sql: ORDER_LINES },
      { title: 'reservations', sql: RESERVATIONS },
      { title: 'events', sql: EVENTS },
    ],
    [
      { title: 'versions', sql: VERSIONS },
      { title: 'statistics', sql: STATISTICS },
    ],
  ];
}

const ORDERS = `
  insert into orders.orders (id, customer_name, customer_email, status, priority, total_minor, currency, line_count, shipping_address,
                             failure_reason, status_since, processing_started_at, completed_at, version, created_at, updated_at,
                             changed_by, request_id, change_reason)
  select id, ${GIVEN} || ' ' || ${FAMILY}, ${EMAIL}, status, case n % 10 when 0 then 1 when 1 then 3 else 2 end, 3000 + a + 2 * b, 'USD', 2,
         1 + n % 200 || ' Harbour Street, 20457 Hamburg, Germany',
         case status when 'failed' then 'The goods were damaged.' end, ${ENDED},
         case status when 'delivered' then ${STARTED} end, case status when 'delivered' then ${DELIVERED} end,
         case status when 'pending' then 1 when 'delivered' then 4 else 2 end, at, ${ENDED},
         case status when 'delivered' then 'worker' else 'api' end, id::text,
         case status when 'cancelled' then 'No longer needed.' end
    from load.facts`;

const VERSIONS = `
  with kept as (
    select f.id, status, to_jsonb(o) as row, at
      from load.facts f join orders.orders o using (id, status) where status <> 'pending' and at > now() - ${HISTORY})
  insert into audit.order_versions (id, version, row, superseded_at)
  select id, version, row || jsonb_build_object('version', version, 'status', was, 'status_since', since, 'updated_at', since,
           'completed_at', null, 'failure_reason', null, 'change_reason', null,
           'changed_by', case version when 1 then 'api' else 'worker' end,
           'processing_started_at', case when version > 1 then ${STARTED} end), superseded
    from kept,
         lateral (values (1, 'pending', at, ${STARTED}), (2, 'processing', ${STARTED}, ${SHIPPED}), (3, 'shipped', ${SHIPPED}, ${DELIVERED}))
                 step (version, was, since, superseded)
   where status = 'delivered' or version = 1;
  insert into audit.clean_ups values ('order', now() - ${HISTORY})`;

// What the trigger writes for each, whose names are two words: given5 and grown.example.com begin with one letter.
const SEARCH = `
  insert into orders.order_search (term, created_at, order_id, shared_length)
  select term, at, id, shared
    from load.facts,
         lateral (values (lower(${GIVEN}), 0), (lower(${FAMILY}), 0), (${EMAIL}, 0), ('${GROWN.slice(1)}', 1), ('example.com', 0)) terms (term, shared)`;

const STATISTICS = `
  insert into orders.statistics_minutes (minute, status, orders, total_minor)
  select date_trunc('minute', created_at), status, count(*), sum(total_minor) from orders.orders
   where created_at > now() - interval '2 days' group by 1, 2;
  insert into orders.statistics_totals (status, orders, processing_ms)
  select status, count(*), coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0) from orders.orders group by 1`;

const EVENTS = `
  insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at, published_at)
  select uuidv7(since - now()), type, id, version, id::text,
         jsonb_build_object('order_id', id, 'status', reached, 'previous_status', previous, 'priority', 2), since, since
    from load.facts,
         lateral (values (1, 'order.placed.v1', 'pending', null, at),
                         (2, 'order.processing_started.v1', 'processing', 'pending', ${STARTED}),
                         (3, 'order.shipped.v1', 'shipped', 'processing', ${SHIPPED}),
                         (4, 'order.delivered.v1', 'delivered', 'shipped', ${DELIVERED})) step (version, type, reached, previous, since)
   where at > now() - ${OUTBOX} and (version = 1 or status = 'delivered')`;

const ORDER_LINES = `
  insert into orders.order_lines (order_id, line_no, product_id, product_sku, product_name, quantity, unit_price_minor)
  select id, line_no, product_id, 'BENCH-' || product_id, 'Product ' || product_id, quantity, 1000 + product_id from ${LINES}`;

const RESERVATIONS = `
  insert into inventory.reservations (order_id, product_id, quantity, state)
  select id, product_id, quantity, case status when 'pending' then 'held' when 'delivered' then 'fulfilled' else 'released' end
    from ${LINES}`;

/** Each line reserved what it needs; when its order ended, that left the shelf or was released. */
function movements(lines: string): string {
  const columns = `id, product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, processed_by, created_at`;
  const moves = (step: number, kind: string, levels: string, by: string, at: string, where: string) => `
    insert into inventory.stock_movements (${columns}) overriding system value
    select ${PRODUCTS} + 4 * n + place + ${step}, product_id, id, '${kind}', quantity, ${levels}, '${by}', ${at}
      from (${lines}) line where ${where}`;
  const onHand = `${STOCK} - quantity * delivered`;
  const reserved = 'quantity * waiting';
  const level = `${onHand}, ${onHand}`;
  return [
    moves(1, 'reserve', `${level}, ${reserved}, ${reserved} + quantity`, 'api', 'at', 'true'),
    moves(2, 'fulfill', `${onHand}, ${onHand} - quantity, quantity, 0`, 'worker', SHIPPED, `status = 'delivered'`),
    moves(2, 'release', `${level}, quantity, 0`, 'api', STARTED, `status in ('cancelled', 'failed')`),
  ].join(';');
}

/** The levels that the movements lead to: those of the newest one of each product. */
export const LEVELS = `
  select setval(pg_get_serial_sequence('inventory.stock_movements', 'id'), max(id)) from inventory.stock_movements;
  update inventory.stock_levels level set on_hand = last.new_on_hand, reserved = last.new_reserved
    from inventory.stock_levels each,
         lateral (select new_on_hand, new_reserved from inventory.stock_movements m
                   where m.product_id = each.product_id order by m.id desc limit 1) last
   where each.product_id = level.product_id`;
