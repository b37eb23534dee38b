import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger is read by product, and every order writes four rows of it: its id needs no index of its own beside that of product
 * and id. Reservations keep room on their pages for the one change that each of them sees.
 */
export class LedgerByProduct1763700000000 implements MigrationInterface {
  name = 'LedgerByProduct1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table inventory.stock_movements drop constraint stock_movements_pkey;
      drop index inventory.stock_movements_by_product;
      alter table inventory.stock_movements add primary key (product_id, id);
      alter table inventory.reservations set (fillfactor = 70);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table inventory.stock_movements drop constraint stock_movements_pkey;
      alter table inventory.stock_movements add primary key (id);
      create index stock_movements_by_product on inventory.stock_movements (product_id, id);
      alter table inventory.reservations set (fillfactor = 80);
    `);
  }
}
