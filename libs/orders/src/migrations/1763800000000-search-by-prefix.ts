import type { MigrationInterface, QueryRunner } from 'typeorm';
import { WORDS_WITHOUT_REGULAR_EXPRESSION } from './1763700000000-fewer-index-writes';
import { OrderSearch1763600200000 } from './1763600200000-order-search';

/**
 * One row per word that an order is found by, in the order of words and then of time. The inverted index that was here kept new
 * words in a list, and every 28,000 orders one of the requests waited for 170 ms until all of them were put in their places; and as
 * it knows neither counts nor times, a search that finds 10,000 of ten million orders read all of these, for two seconds. The id is
 * not among the words: its own index serves its beginnings.
 */
export class SearchByPrefix1763800000000 implements MigrationInterface {
  name = 'SearchByPrefix1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger index_words on orders.orders;
      drop trigger index_words_again on orders.orders;
      drop function orders.index_words();
      drop function orders.index_words_again();
      drop function orders.search_words(uuid, text, text, text);
      drop table orders.order_search;

      create function orders.search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$
          select array_remove(array_remove(
            string_to_array(translate(lower(customer_name), E'\\t\\n\\r\\f\\v', '     '), ' ')
              || lower(customer_email) || lower(external_reference),
            null), '') $$;

      create table orders.order_search (
        term text collate "C" not null,
        created_at timestamptz(3) not null,
        order_id uuid not null,
        primary key (term, created_at, order_id)
      );

      create function orders.index_terms() returns trigger language plpgsql as $$
      begin
        insert into orders.order_search (term, created_at, order_id)
        select distinct term, created_at, id
          from new_rows, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term;
        return null;
      end $$;
      create trigger index_terms after insert on orders.orders referencing new table as new_rows
        for each statement execute function orders.index_terms();

      create function orders.index_terms_again() returns trigger language plpgsql as $$
      begin
        delete from orders.order_search
         where term = any(orders.search_terms(old.customer_name, old.customer_email, old.external_reference))
           and created_at = old.created_at and order_id = old.id;
        insert into orders.order_search (term, created_at, order_id)
        select distinct term, new.created_at, new.id
          from unnest(orders.search_terms(new.customer_name, new.customer_email, new.external_reference)) term;
        return null;
      end $$;
      create trigger index_terms_again after update of customer_name, customer_email, external_reference on orders.orders
        for each row execute function orders.index_terms_again();

      insert into orders.order_search (term, created_at, order_id)
      select distinct term, created_at, id
        from orders.orders, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger index_terms on orders.orders;
      drop trigger index_terms_again on orders.orders;
      drop function orders.index_terms();
      drop function orders.index_terms_again();
      drop function orders.search_terms(text, text, text);
      drop table orders.order_search;
    `);
    await new OrderSearch1763600200000().up(runner);
    await runner.query(WORDS_WITHOUT_REGULAR_EXPRESSION);
  }
}
