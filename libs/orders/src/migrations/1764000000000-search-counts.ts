import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of the search for rows of orders: each word once, in the order of its bytes, with what it shares with the one before. */
const entriesFor = (rows: string) => `
  select term, created_at, id,
         case when previous is null then 0
              when term ^@ previous then length(previous)
              when left(term, 1) = left(previous, 1) then orders.shared_length(previous, term)
              else 0 end
    from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
            from ${rows}, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term) terms
   where term is distinct from previous`;

/**
 * Several words of an order can begin alike: Bob Bobson, bob@example.com. To count orders, the entries of a search had to be made
 * distinct, which took three times as long as to read them. Each word now says how many characters it shares with the one before
 * it: of those that begin with a word of n characters, the first shares fewer than n, and all others n or more.
 *
 * A reference of several words is found by each of them; it was one word with spaces in it, which no search can have. (With concat_ws,
 * which is not immutable, Postgres would not inline the function: 5.3 µs a call instead of 2.7.)
 *
 * Nobody places orders or amends them while it runs: their triggers would still write rows of before.
 */
export class SearchCounts1764000000000 implements MigrationInterface {
  name = 'SearchCounts1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      lock table orders.orders in share row exclusive mode;

      create or replace function orders.search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$
          select array_remove(
            string_to_array(
              translate(
                lower(customer_name || coalesce(' ' || customer_email, '') || coalesce(' ' || external_reference, '')),
                E'\\t\\n\\r\\f\\v', '     '),
              ' '),
            '') $$;

      create function orders.shared_length(a text, b text) returns smallint language plpgsql immutable as $$
      begin
        for n in 1..length(a) loop
          if left(a, n) <> left(b, n) then return n - 1; end if;
        end loop;
        return length(a);
      end $$;

      truncate orders.order_search;
      alter table orders.order_search drop constraint order_search_pkey, add shared_length smallint not null;
      insert into orders.order_search (term, created_at, order_id, shared_length) ${entriesFor('orders.orders')};
      alter table orders.order_search add primary key (term, created_at, order_id) include (shared_length);

      create or replace function orders.index_terms() returns trigger language plpgsql as $$
      begin
        insert into orders.order_search (term, created_at, order_id, shared_length) ${entriesFor('new_rows')};
        return null;
      end $$;
      create or replace function orders.index_terms_again() returns trigger language plpgsql as $$
      begin
        delete from orders.order_search
         where term = any(orders.search_terms(old.customer_name, old.customer_email, old.external_reference))
           and created_at = old.created_at and order_id = old.id;
        insert into orders.order_search (term, created_at, order_id, shared_length) ${entriesFor('(select new.*) changed')};
        return null;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      lock table orders.orders in share row exclusive mode;

      create or replace function orders.search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$
          select array_remove(array_remove(
            string_to_array(translate(lower(customer_name), E'\\t\\n\\r\\f\\v', '     '), ' ')
              || lower(customer_email) || lower(external_reference),
            null), '') $$;

      create or replace function orders.index_terms() returns trigger language plpgsql as $$
      begin
        insert into orders.order_search (term, created_at, order_id)
        select distinct term, created_at, id
          from new_rows, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term;
        return null;
      end $$;
      create or replace function orders.index_terms_again() returns trigger language plpgsql as $$
      begin
        delete from orders.order_search
         where term = any(orders.search_terms(old.customer_name, old.customer_email, old.external_reference))
           and created_at = old.created_at and order_id = old.id;
        insert into orders.order_search (term, created_at, order_id)
        select distinct term, new.created_at, new.id
          from unnest(orders.search_terms(new.customer_name, new.customer_email, new.external_reference)) term;
        return null;
      end $$;

      truncate orders.order_search;
      alter table orders.order_search drop column shared_length;
      insert into orders.order_search (term, created_at, order_id)
      select distinct term, created_at, id
        from orders.orders, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term;
      alter table orders.order_search add primary key (term, created_at, order_id);
      drop function orders.shared_length(text, text);
    `);
  }
}
