import { ReservationState } from '@app/inventory';
import { textLiterals } from '@app/platform';
import { reservesStock, ORDER_STATUSES, OrderStatus } from './order-status';

const RESERVING = textLiterals(ORDER_STATUSES.filter(reservesStock));
const SENT = textLiterals([OrderStatus.shipped, OrderStatus.delivered]);

/**
 * Orders whose reservation or whose movements are not what the order says: the order is believed. A line of an order that holds
 * stock has a held reservation and moved reserved up by its quantity; one that left moved on hand down; one that was given up
 * moved nothing in sum. Of a failed order the ledger says whether its goods had left. Of what names no line of an order nothing may
 * be held. $1: only these products. $2: only these orders.
 */
export const STOCK_OF_ORDERS = `
  with moved as (
    select order_id, product_id, sum(new_on_hand - previous_on_hand)::bigint as on_hand,
           sum(new_reserved - previous_reserved)::bigint as reserved, bool_or(kind = 'fulfill') as left_shelf
      from inventory.stock_movements
     where order_id is not null and ($1::bigint[] is null or product_id = any($1)) and ($2::uuid[] is null or order_id = any($2))
     group by order_id, product_id),
  reservation as (
    select * from inventory.reservations
     where ($1::bigint[] is null or product_id = any($1)) and ($2::uuid[] is null or order_id = any($2))),
  line as (
    select o.id as order_id, line.product_id, line.quantity, o.status
      from orders.order_lines line join orders.orders o on o.id = line.order_id
     where ($1::bigint[] is null or product_id = any($1)) and ($2::uuid[] is null or order_id = any($2))),
  every as (
    select order_id, product_id, line.quantity as ordered, line.status, reservation.quantity, reservation.state,
           coalesce(moved.on_hand, 0) as moved_on_hand, coalesce(moved.reserved, 0) as moved_reserved,
           case when line.quantity is null then null
                when line.status in (${RESERVING}) then '${ReservationState.held}'
                when line.status in (${SENT})
                  or line.status = '${OrderStatus.failed}' and moved.left_shelf then '${ReservationState.fulfilled}'
                else '${ReservationState.released}' end as expected
      from line full join reservation using (order_id, product_id) full join moved using (order_id, product_id))
  select order_id as "orderId", product_id as "productId", status, coalesce(ordered, 0)::bigint as ordered,
         quantity::bigint as quantity, state, expected as "expectedState",
         moved_on_hand as "movedOnHand", moved_reserved as "movedReserved"
    from every
   where (quantity, state) is distinct from (ordered, expected)
      or moved_reserved <> case expected when '${ReservationState.held}' then ordered else 0 end
      or moved_on_hand <> case expected when '${ReservationState.fulfilled}' then -ordered else 0 end
   order by product_id, order_id`;
