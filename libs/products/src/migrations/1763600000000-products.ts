import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The catalogue. Money is in minor units; the upper bounds keep every sum of an order inside a safe JS integer. */
export class Products1763600000000 implements MigrationInterface {
  name = 'Products1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists pg_trgm with schema public;

      create table products.products (
        id bigint generated always as identity primary key,
        sku text not null constraint products_sku_key unique check (char_length(sku) between 1 and 64),
        name text not null check (char_length(name) between 1 and 200),
        description text not null default '',
        price_minor bigint not null check (price_minor between 1 and 99999999),
        currency char(3) not null default 'USD',
        is_active boolean not null default true,
        version integer not null default 1 check (version > 0),
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        changed_by text not null default 'system',
        request_id text,
        change_reason text
      );
      create index products_by_name on products.products (name, id);
      create index products_by_price on products.products (price_minor, id);
      create index products_by_created on products.products (created_at, id);
      -- Any part of a text of three or more characters; products change seldom, so the index costs little.
      create index products_search on products.products using gin (name gin_trgm_ops, sku gin_trgm_ops, description gin_trgm_ops);
      call audit.track('products.products', 'product', 'bigint');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table products.products; drop table audit.product_versions; drop function audit.keep_product()',
    );
  }
}
