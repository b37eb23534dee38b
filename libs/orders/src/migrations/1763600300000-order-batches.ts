import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bulk requests: what was asked, how far it is, and what became of each order. The orders of an asynchronous request wait in
 * order_batch_chunks until a worker places them; the row goes when its chunk is done.
 * Orders placed through the compatibility surface keep the client's user and declared total, and need no e-mail address.
 */
export class OrderBatches1763600300000 implements MigrationInterface {
  name = 'OrderBatches1763600300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.order_batches (
        id uuid primary key,
        status text not null check (status in ('pending', 'processing', 'success', 'partial', 'failed')),
        error_policy text not null check (error_policy in ('reject_all', 'reject_failed')),
        total_orders integer not null check (total_orders > 0),
        successful_orders integer not null default 0 check (successful_orders >= 0),
        failed_orders integer not null default 0 check (failed_orders >= 0),
        failure_reason text,
        -- Begun without getting any further; back to 0 with each chunk. What stops every worker must come to an end too.
        attempts smallint not null default 0,
        created_by text not null,
        request_id text not null,
        created_at timestamptz(3) not null default now(),
        progressed_at timestamptz(3) not null default now(),
        completed_at timestamptz(3),
        constraint order_batches_add_up check (successful_orders + failed_orders <= total_orders),
        constraint order_batches_done_has_all check (status in ('pending', 'processing') or successful_orders + failed_orders = total_orders),
        constraint order_batches_success_has_none_failed check (status <> 'success' or failed_orders = 0),
        constraint order_batches_partial_has_both check (status <> 'partial' or (successful_orders > 0 and failed_orders > 0)),
        constraint order_batches_failed_has_reason check ((status = 'failed') = (failure_reason is not null)),
        constraint order_batches_done_has_time check ((status in ('success', 'partial', 'failed')) = (completed_at is not null))
      );
      create index order_batches_under_way on orders.order_batches (progressed_at) where status in ('pending', 'processing');

      create table orders.order_batch_results (
        batch_id uuid not null,
        index integer not null check (index >= 0),
        order_id uuid,
        error jsonb,
        primary key (batch_id, index),
        check ((order_id is null) = (error is not null))
      );
      -- Written once and read once: json keeps the text as it came, jsonb would take it apart for nothing.
      create table orders.order_batch_chunks (
        batch_id uuid not null,
        first_index integer not null check (first_index >= 0),
        requests json not null,
        primary key (batch_id, first_index)
      );

      alter table orders.orders add column batch_id uuid;
      alter table orders.orders add column user_id text check (char_length(user_id) between 1 and 200);
      alter table orders.orders add column declared_total_minor bigint check (declared_total_minor >= 0);
      alter table orders.orders alter column customer_email drop not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update orders.orders set customer_email = 'unknown@invalid' where customer_email is null;
      alter table orders.orders alter column customer_email set not null;
      alter table orders.orders drop column declared_total_minor;
      alter table orders.orders drop column user_id;
      alter table orders.orders drop column batch_id;
      drop table orders.order_batch_chunks, orders.order_batch_results, orders.order_batches;
    `);
  }
}
