import type { MigrationInterface, QueryRunner } from 'typeorm';

export const WORDS_WITHOUT_REGULAR_EXPRESSION = `
  create or replace function orders.search_words(id uuid, customer_name text, customer_email text, external_reference text)
    returns tsvector language sql immutable as $$
      select array_to_tsvector(array_remove(array_remove(
        string_to_array(translate(lower(customer_name), E'\\t\\n\\r\\f\\v', '     '), ' ')
          || lower(customer_email) || lower(external_reference) || id::text,
        null), '')) $$;`;

/**
 * Every placement and every change of state writes an entry into each index of orders. One index on state, priority and time
 * serves both filters of the list, and orders without an external reference need no entry among them. The words of the search are
 * split without a regular expression, which took half of the time of building them.
 */
export class FewerIndexWrites1763700000000 implements MigrationInterface {
  name = 'FewerIndexWrites1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index orders_by_state on orders.orders (status, priority, created_at, id);
      drop index orders.orders_by_status;
      drop index orders.orders_by_priority;
      alter table orders.orders drop constraint orders_external_reference_key;
      create unique index orders_external_reference_key on orders.orders (external_reference)
        where external_reference is not null;
    `);
    await runner.query(WORDS_WITHOUT_REGULAR_EXPRESSION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index orders_by_status on orders.orders (status, created_at, id);
      create index orders_by_priority on orders.orders (priority, created_at, id);
      drop index orders.orders_by_state;
      drop index orders.orders_external_reference_key;
      alter table orders.orders add constraint orders_external_reference_key unique (external_reference);

      create or replace function orders.search_words(id uuid, customer_name text, customer_email text, external_reference text)
        returns tsvector language sql immutable as $$
          select array_to_tsvector(array_remove(array_remove(
            regexp_split_to_array(lower(customer_name), '\\s+') || lower(customer_email) || lower(external_reference) || id::text,
            null), '')) $$;
    `);
  }
}
