import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A key names any write, not only the placing of orders. One table holds all of them, so that the primary key itself refuses one key for two
 * writes, whatever they are. A key of a write without an order or a batch keeps the status and the headers of its reply as well.
 * Keys belong to a caller: there are no accounts yet, so all rows have the anonymous one. The table holds the keys of two days; the new
 * primary key locks it for as long as its index is built, and orders that are placed without a key not at all.
 */
export class KeysOfEveryWrite1764170000000 implements MigrationInterface {
  name = 'KeysOfEveryWrite1764170000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table orders.idempotency_keys
        add column caller text not null default 'anonymous',
        add column status smallint,
        add column headers jsonb,
        drop constraint idempotency_keys_pkey,
        add constraint idempotency_keys_pkey primary key (caller, key),
        drop constraint idempotency_keys_have_one_owner,
        add constraint idempotency_keys_have_one_owner check (num_nonnulls(order_id, batch_id, status) = 1),
        add constraint idempotency_keys_have_whole_replies check ((status is null) = (headers is null));
    `);
  }

  /** Keys of other writes than placing have no place in the older table. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from orders.idempotency_keys where status is not null or caller <> 'anonymous';
      alter table orders.idempotency_keys
        drop constraint idempotency_keys_have_whole_replies,
        drop constraint idempotency_keys_have_one_owner,
        drop constraint idempotency_keys_pkey,
        drop column caller,
        drop column status,
        drop column headers,
        add constraint idempotency_keys_pkey primary key (key),
        add constraint idempotency_keys_have_one_owner check (num_nonnulls(order_id, batch_id) = 1);
    `);
  }
}
