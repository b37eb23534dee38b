import { PRODUCTS } from '../load/requests';

const HALF = PRODUCTS / 2;
export const BATCH = 100;

/**
 * A transaction in the language of pgbench: `\\set name random(1, 9)` draws a number, `:name` is a parameter, and `\\gset`
 * after a statement keeps the columns of its one row as variables.
 */
export type Script = string;

const ORDER = (total: string) => `
insert into orders (id, customer_name, customer_email, shipping_address, status, total_minor) values (uuidv7(), 'Customer ' || :n, 'customer' || :n || '@bench.example.com', '12 Harbour Street, 20457 Hamburg, Germany', 'pending', ${total}) returning id \\gset`;

const OUTBOX = `
insert into outbox (id, aggregate_id, aggregate_version, type, payload) values (uuidv7(), :id, 1, 'order.placed.v1', jsonb_build_object('order_id', :id::text));`;

/** One order of two lines, the way one writes it by hand: eight statements. */
export const ONE_ORDER: Script = `
\\set n random(1, 1000000000)
\\set a random(1, ${HALF})
\\set b random(${HALF + 1}, ${PRODUCTS})
begin;
select product_id from stock where product_id in (:a, :b) order by product_id for update;
update stock set reserved = reserved + 1, version = version + 1 where product_id = :a returning on_hand as on_hand_a, reserved as reserved_a \\gset
update stock set reserved = reserved + 2, version = version + 1 where product_id = :b returning on_hand as on_hand_b, reserved as reserved_b \\gset${ORDER('3000 + :a + 2 * :b')}
insert into lines (order_id, line_no, product_id, sku, name, quantity, unit_minor) values (:id, 1, :a, 'BENCH-' || :a, 'Product ' || :a, 1, 1000 + :a), (:id, 2, :b, 'BENCH-' || :b, 'Product ' || :b, 2, 1000 + :b);
insert into movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved) values (:a, :id, 'reserve', 1, :on_hand_a, :on_hand_a, :reserved_a - 1, :reserved_a), (:b, :id, 'reserve', 2, :on_hand_b, :on_hand_b, :reserved_b - 2, :reserved_b);${OUTBOX}
commit;
`;

/** The same with one line, all on one product. */
export const ONE_HOT_ORDER: Script = `
\\set n random(1, 1000000000)
begin;
select product_id from stock where product_id = 1 for update;
update stock set reserved = reserved + 1, version = version + 1 where product_id = 1 returning on_hand, reserved \\gset${ORDER('1001')}
insert into lines (order_id, line_no, product_id, sku, name, quantity, unit_minor) values (:id, 1, 1, 'BENCH-1', 'Product 1', 1, 1001);
insert into movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved) values (1, :id, 'reserve', 1, :on_hand, :on_hand, :reserved - 1, :reserved);${OUTBOX}
commit;
`;

/** A hundred orders of two lines in two statements. The rows are made inside of the server: nothing has to be sent to it. */
export const BATCH_OF_ORDERS: Script = `
\\set n random(1, 1000000000)
begin;
select product_id from stock where product_id between 1 and ${PRODUCTS} order by product_id for update;
with new_orders as materialized (select uuidv7() as id, n, 1 + floor(random() * ${HALF})::bigint as a, ${HALF + 1} + floor(random() * ${HALF})::bigint as b from generate_series(1, ${BATCH}) n), new_lines as materialized (select id as order_id, 1 as line_no, a as product_id, 1 as quantity from new_orders union all select id, 2, b, 2 from new_orders), o as (insert into orders (id, customer_name, customer_email, shipping_address, status, total_minor) select id, 'Customer ' || :n + n, 'customer' || :n + n || '@bench.example.com', '12 Harbour Street, 20457 Hamburg, Germany', 'pending', 3000 + a + 2 * b from new_orders), l as (insert into lines (order_id, line_no, product_id, sku, name, quantity, unit_minor) select order_id, line_no, product_id, sku, name, quantity, price_minor from new_lines join products on id = product_id), m as (insert into movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved) select product_id, order_id, 'reserve', quantity, on_hand, on_hand, reserved + upto - quantity, reserved + upto from (select *, sum(quantity) over (partition by product_id order by order_id) as upto from new_lines) each join stock using (product_id)), s as (update stock set reserved = reserved + taken.quantity, version = version + 1 from (select product_id, sum(quantity) as quantity from new_lines group by 1) taken where stock.product_id = taken.product_id) insert into outbox (id, aggregate_id, aggregate_version, type, payload) select uuidv7(), id, 1, 'order.placed.v1', jsonb_build_object('order_id', id) from new_orders;
commit;
`;
