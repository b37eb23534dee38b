import { versionInvariants } from '@app/audit';
import { TRACKED_ORDERS } from './order.entity';
import { ReservationState } from '@app/inventory';
import { type Invariant, textLiterals } from '@app/platform';
import { BATCHES_UNDER_WAY } from './bulk/batch-status';
import { reservesStock, isFinal, ORDER_STATUSES, ORDER_TRANSITIONS, OrderStatus } from './order-status';
import type { StaleAfterMinutes } from './staleness';

const RESERVING = textLiterals(ORDER_STATUSES.filter(reservesStock));
const FINAL = textLiterals(ORDER_STATUSES.filter(isFinal));
const UNDER_WAY = textLiterals(BATCHES_UNDER_WAY);
const LEGAL_MOVES = Object.entries(ORDER_TRANSITIONS)
  .flatMap(([from, nexts]) => nexts.map((to) => `('${from}', '${to}')`))
  .join(', ');

const COMPLETENESS: readonly Invariant[] = [
  {
    id: 'I2',
    name: 'each idempotency key has one order or batch of its own',
    breaches: `
      select format('key of %s, which does not exist', coalesce('order ' || key.order_id, 'batch ' || key.batch_id)) as example
        from orders.idempotency_keys key
       where key.status is null
         and not exists (select from orders.orders o where o.id = key.order_id)
         and not exists (select from orders.order_batches batch where batch.id = key.batch_id)
      union all
      select format('%s has %s keys', coalesce('order ' || order_id, 'batch ' || batch_id), count(*))
        from orders.idempotency_keys where status is null group by order_id, batch_id having count(*) > 1`,
    figures: `select count(*) as keys from orders.idempotency_keys`,
  },
  {
    id: 'I2',
    name: 'external references are unique',
    breaches: `
      select format('%s orders have the reference of order %s', count(*), min(id::text)) as example
        from orders.orders where external_reference is not null group by external_reference having count(*) > 1`,
    figures: `select count(external_reference) as external_references from orders.orders`,
  },
  {
    id: 'I2',
    name: 'lines add up to the order, none is missing',
    breaches: `
      select format('order %s: total %s, lines add up to %s; %s lines of %s', coalesce(o.id, line.order_id),
                    coalesce(o.total_minor::text, 'no order'), coalesce(line.total, 0), coalesce(line.count, 0), o.line_count) as example
        from orders.orders o
        full join (select order_id, count(*), min(line_no), max(line_no), sum(quantity * unit_price_minor) as total
                     from orders.order_lines group by order_id) line on line.order_id = o.id
       where (line.total, line.count, line.min, line.max)
             is distinct from (o.total_minor::numeric, o.line_count::bigint, 1::smallint, o.line_count)`,
    figures: `select (select count(*) from orders.orders) as orders, (select count(*) from orders.order_lines) as lines`,
  },
];

const ENDED_BATCH = `batch.status not in (${UNDER_WAY})`;

const BATCHES: readonly Invariant[] = [
  {
    id: 'I2',
    name: 'the counts of a batch agree with its results and with the orders that carry its id',
    breaches: `
      select format('batch %s is %s: %s placed and %s failed of %s; its results say %s and %s, up to index %s; %s orders carry its id, %s of them as a result',
                    coalesce(batch.id, result.batch_id, placed.batch_id), coalesce(batch.status, 'not there'),
                    batch.successful_orders, batch.failed_orders, batch.total_orders, coalesce(result.placed, 0),
                    coalesce(result.failed, 0), coalesce(result.last_index::text, 'none'), coalesce(placed.orders, 0), coalesce(placed.results, 0)) as example
        from orders.order_batches batch
        full join (select batch_id, count(order_id) as placed, count(error) as failed, max(index) as last_index
                     from orders.order_batch_results group by batch_id) result on result.batch_id = batch.id
        full join (select o.batch_id, count(*) as orders, count(named.order_id) as results
                     from orders.orders o
                     left join orders.order_batch_results named on named.batch_id = o.batch_id and named.order_id = o.id
                    where o.batch_id is not null group by o.batch_id) placed on placed.batch_id = coalesce(batch.id, result.batch_id)
       where batch.id is null
          or (coalesce(result.placed, 0), coalesce(result.failed, 0)) <> (batch.successful_orders, batch.failed_orders)
          or (coalesce(placed.orders, 0), coalesce(placed.results, 0)) <> (batch.successful_orders, batch.successful_orders)
          or coalesce(result.last_index, -1) >= batch.total_orders
          or ${ENDED_BATCH} and batch.successful_orders + batch.failed_orders <> batch.total_orders`,
    figures: `
      select count(*) as batches, coalesce(sum(successful_orders), 0) as placed, coalesce(sum(failed_orders), 0) as failed
        from orders.order_batches`,
  },
  {
    id: 'I3',
    name: 'batches come to an end',
    breaches: `
      select format('batch %s is %s, orders wait from %s on', coalesce(batch.id, chunk.batch_id), coalesce(batch.status, 'not there'),
                    coalesce(chunk.first::text, 'nowhere')) as example
        from (select * from orders.order_batches where status in (${UNDER_WAY})) batch
        full join (select batch_id, min(first_index) as first from orders.order_batch_chunks group by batch_id) chunk
          on chunk.batch_id = batch.id
       where batch.id is null or chunk.batch_id is null`,
    unsettled: `
      select format('batch %s is %s: %s of %s orders', id, status, successful_orders + failed_orders, total_orders)
        from orders.order_batches batch where not (${ENDED_BATCH})`,
    figures: `
      select count(*) filter (where not (${ENDED_BATCH})) as under_way, count(*) filter (where ${ENDED_BATCH}) as ended
        from orders.order_batches batch`,
  },
];

const HISTORY: readonly Invariant[] = [
  ...versionInvariants(TRACKED_ORDERS),
  {
    id: 'I4',
    name: 'orders only went where the transition table allows',
    breaches: `
      select format('order %s version %s: %s → %s', id, version, coalesce(previous, 'placed'), status) as example
        from (select id, version, status, lag(status) over (partition by id order by version) as previous
                from (select id, version, status from orders.orders
                      union all
                      select id, version, row ->> 'status' from audit.order_versions) every) move
       where previous is not null and status <> previous and (previous, status) not in (values ${LEGAL_MOVES})
          or version = 1 and status <> '${OrderStatus.pending}'`,
    figures: `select ${ORDER_STATUSES.map((status) => `count(*) filter (where status = '${status}') as ${status}`).join(', ')} from orders.orders`,
  },
];

/** The state that says what became of the stock; a failed order may have failed before or after its goods left. */
const EXPECTED_RESERVATION = `
  case when o.status in (${RESERVING}) then '${ReservationState.held}'
       when o.status in ('${OrderStatus.shipped}', '${OrderStatus.delivered}') then '${ReservationState.fulfilled}'
       when o.status = '${OrderStatus.cancelled}' then '${ReservationState.released}'
       when reservation.state = '${ReservationState.held}' then '${ReservationState.released} or ${ReservationState.fulfilled}'
       else reservation.state end`;

const STOCK: readonly Invariant[] = [
  {
    id: 'I3',
    name: 'nothing final holds stock',
    breaches: `
      select format('order %s is %s and holds %s of product %s', o.id, o.status, reservation.quantity, reservation.product_id) as example
        from inventory.reservations reservation join orders.orders o on o.id = reservation.order_id
       where reservation.state = '${ReservationState.held}' and o.status in (${FINAL})`,
    figures: `select count(*) as final_orders from orders.orders where status in (${FINAL})`,
  },
  {
    id: 'I8',
    name: 'a reservation is held if and only if its order holds stock',
    breaches: `
      select format('order %s is %s, its reservation of product %s is %s', reservation.order_id, coalesce(o.status, 'not there'),
                    reservation.product_id, reservation.state) as example
        from inventory.reservations reservation left join orders.orders o on o.id = reservation.order_id
       where o.id is null or reservation.state <> ${EXPECTED_RESERVATION}`,
    figures: `select count(*) as reservations from inventory.reservations`,
  },
  {
    id: 'I8',
    name: 'each line has its reservation of the same quantity',
    breaches: `
      select format('order %s, product %s: ordered %s, reserved %s', coalesce(line.order_id, reservation.order_id),
                    coalesce(line.product_id, reservation.product_id), coalesce(line.quantity, 0), coalesce(reservation.quantity, 0)) as example
        from orders.order_lines line
        full join inventory.reservations reservation
          on reservation.order_id = line.order_id and reservation.product_id = line.product_id
       where line.quantity is distinct from reservation.quantity`,
    figures: `
      select (select coalesce(sum(quantity), 0) from orders.order_lines) as ordered_units,
             (select coalesce(sum(quantity), 0) from inventory.reservations) as reserved_units`,
  },
];

function movingOrders(deadlines: StaleAfterMinutes): Invariant {
  const pastDeadline = Object.entries(deadlines)
    .map(([status, minutes]) => `(status = '${status}' and status_since < now() - ${minutes} * interval '1 minute')`)
    .join(' or ');
  return {
    id: 'I3',
    name: 'orders come to an end',
    breaches: `select null::text as example where false`,
    unsettled: `
      select example
        from (select format('order %s is %s for %s s', id, status, round(extract(epoch from now() - status_since))) as example
                from orders.orders where status not in (${FINAL}) order by status_since) moving`,
    figures: `
      select count(*) as moving, count(*) filter (where ${pastDeadline}) as past_deadline
        from orders.orders where status not in (${FINAL})`,
  };
}

/** The minute from which on the statistics know each minute: they forget older ones. */
const FIRST_MINUTE = `date_trunc('minute', now() - interval '24 hours') + interval '1 minute'`;

/** What is kept beside the orders so that reading is cheap. Each check reads its tables once: a million orders take seconds. */
const KEPT_FIGURES: readonly Invariant[] = [
  {
    id: 'I14',
    name: 'the statistics count the orders of each state as the table does',
    breaches: `
      select format('%s: counted %s orders that took %s ms, the table has %s that took %s ms', coalesce(counted.status, actual.status),
                    coalesce(counted.orders, 0), coalesce(counted.processing_ms, 0), coalesce(actual.orders, 0),
                    coalesce(actual.processing_ms, 0)) as example
        from (select status, sum(orders) as orders, sum(processing_ms) as processing_ms
                from (select status, orders, processing_ms from orders.statistics_totals
                      union all select status, orders, processing_ms from orders.statistics_deltas) kept
               group by status) counted
        full join (select status, count(*) as orders, sum(extract(epoch from completed_at - created_at) * 1000) as processing_ms
                     from orders.orders group by status) actual on actual.status = counted.status
       where (coalesce(counted.orders, 0), coalesce(counted.processing_ms, 0))
             <> (coalesce(actual.orders, 0), coalesce(actual.processing_ms, 0))`,
    figures: `
      select (select coalesce(sum(orders), 0) from orders.statistics_totals) as folded,
             (select coalesce(sum(orders), 0) from orders.statistics_deltas) as not_folded`,
  },
  {
    id: 'I14',
    name: 'the statistics of the last 24 hours count each minute as the table does',
    breaches: `
      select format('%s, %s: counted %s orders of %s, the table has %s of %s', minute, status, coalesce(counted.orders, 0),
                    coalesce(counted.total_minor, 0), coalesce(actual.orders, 0), coalesce(actual.total_minor, 0)) as example
        from (select minute, status, sum(orders) as orders, sum(total_minor) as total_minor
                from (select minute, status, orders, total_minor from orders.statistics_minutes where minute >= ${FIRST_MINUTE}
                      union all
                      select minute, status, orders, total_minor from orders.statistics_deltas where minute >= ${FIRST_MINUTE}) kept
               group by minute, status) counted
        full join (select date_trunc('minute', created_at) as minute, status, count(*) as orders, sum(total_minor) as total_minor
                     from orders.orders where created_at >= ${FIRST_MINUTE} group by 1, 2) actual using (minute, status)
       where (coalesce(counted.orders, 0), coalesce(counted.total_minor, 0))
             <> (coalesce(actual.orders, 0), coalesce(actual.total_minor, 0))`,
    figures: `select count(*) as minutes from orders.statistics_minutes`,
  },
  {
    id: 'I14',
    name: 'each order has words that a search finds it by, and each word an order',
    breaches: `
      select format('order %s has no words', id) as example
        from orders.orders o
       where not exists (select from orders.order_search entry where entry.order_id = o.id)
         and cardinality(orders.search_terms(customer_name, customer_email, external_reference)) > 0
      union all
      select format('word %s is of order %s, which is not there', term, order_id)
        from orders.order_search entry
       where not exists (select from orders.orders o where o.id = entry.order_id and o.created_at = entry.created_at)`,
    figures: `select count(*) as words from orders.order_search`,
  },
];

/** What holds of orders, their history, and between orders and stock. */
export function ordersInvariants(deadlines: StaleAfterMinutes): Invariant[] {
  return [...COMPLETENESS, ...BATCHES, movingOrders(deadlines), ...HISTORY, ...STOCK, ...KEPT_FIGURES];
}
