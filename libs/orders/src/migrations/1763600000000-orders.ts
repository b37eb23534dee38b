import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders, their lines, and idempotency keys. Product name, SKU and price are frozen in the line. The CHECKs tie the columns to
 * the states, so that an order can not be delivered without a time or failed without a reason, whoever writes. Times have
 * milliseconds, like the clients that page by them: a microsecond that a client can not say would repeat or skip rows.
 *
 * Indexes: one for each filter of the list together with its sort order, and one small partial index for the sweep, which only
 * holds orders that still move.
 */
export class Orders1763600000000 implements MigrationInterface {
  name = 'Orders1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.orders (
        id uuid primary key,
        customer_name text not null check (char_length(customer_name) between 1 and 200),
        customer_email text not null check (char_length(customer_email) between 3 and 254),
        status text not null default 'pending'
          check (status in ('pending', 'processing', 'shipped', 'delivered', 'cancelled', 'failed')),
        priority smallint not null default 2 check (priority between 1 and 3),
        total_minor bigint not null check (total_minor between 0 and 9007199254740991),
        currency char(3) not null,
        line_count smallint not null check (line_count between 1 and 100),
        shipping_address text,
        billing_address text,
        payment_method text,
        notes text,
        external_reference text constraint orders_external_reference_key unique,
        tracking_number text,
        failure_reason text,
        put_backs smallint not null default 0,
        requeued_at timestamptz(3),
        status_since timestamptz(3) not null default now(),
        processing_started_at timestamptz(3),
        completed_at timestamptz(3),
        version integer not null default 1 check (version > 0),
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        changed_by text not null,
        request_id text,
        change_reason text,
        constraint orders_delivered_has_time check ((status = 'delivered') = (completed_at is not null)),
        constraint orders_failed_has_reason check ((status = 'failed') = (failure_reason is not null)),
        constraint orders_started_has_time check (status not in ('processing', 'shipped', 'delivered') or processing_started_at is not null)
      ) with (fillfactor = 80);

      create index orders_by_created on orders.orders (created_at, id);
      create index orders_by_status on orders.orders (status, created_at, id);
      create index orders_by_priority on orders.orders (priority, created_at, id);
      create index orders_by_email on orders.orders (lower(customer_email), created_at, id);
      create index orders_moving on orders.orders (status, status_since) where status in ('pending', 'processing', 'shipped');

      create table orders.order_lines (
        order_id uuid not null,
        line_no smallint not null,
        product_id bigint not null,
        product_sku text not null,
        product_name text not null,
        quantity integer not null check (quantity between 1 and 1000),
        unit_price_minor bigint not null check (unit_price_minor > 0),
        primary key (order_id, line_no)
      );

      -- The key is written in the transaction of its order or batch: either both exist or neither does.
      create table orders.idempotency_keys (
        key text constraint idempotency_keys_pkey primary key check (char_length(key) between 1 and 255),
        fingerprint text not null,
        order_id uuid,
        batch_id uuid,
        reply text not null,
        created_at timestamptz not null default now(),
        constraint idempotency_keys_have_one_owner check (num_nonnulls(order_id, batch_id) = 1)
      );
      create index idempotency_keys_by_age on orders.idempotency_keys (created_at);

      call audit.track('orders.orders', 'order', 'uuid');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table orders.idempotency_keys, orders.order_lines, orders.orders;
      drop table audit.order_versions;
      drop function audit.keep_order();
    `);
  }
}
