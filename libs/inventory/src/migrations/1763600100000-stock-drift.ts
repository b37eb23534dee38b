import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drift between a level and its ledger is found without reading the whole ledger: what the movements of a product add up to is
 * kept, up to one of them, and only those after it are summed. The last movement alone would not do: a level that was changed by
 * hand is what the next honest movement starts from, and from then on both agree although the ledger does not add up.
 */
export class StockDrift1763600100000 implements MigrationInterface {
  name = 'StockDrift1763600100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inventory.ledger_sums (
        product_id bigint primary key,
        movement_id bigint not null,
        on_hand bigint not null,
        reserved bigint not null
      ) with (fillfactor = 80);

      -- A level that was set to its ledger. Its movement, of quantity 0, begins and ends where the ledger adds up to.
      create table inventory.stock_repairs (
        movement_id bigint primary key,
        product_id bigint not null,
        level_on_hand bigint not null,
        level_reserved bigint not null,
        request_id text
      );
      create index stock_repairs_by_product on inventory.stock_repairs (product_id, movement_id);
      create trigger append_only before update or delete or truncate on inventory.stock_repairs
        for each statement execute function inventory.refuse_ledger_change();

      -- One row: what the last look at all products found.
      create table inventory.drift_checks (
        only_row boolean primary key default true check (only_row),
        checked_at timestamptz(3) not null,
        checked_products bigint not null,
        drifted_products bigint not null,
        examples bigint[] not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inventory.drift_checks, inventory.stock_repairs, inventory.ledger_sums');
  }
}
