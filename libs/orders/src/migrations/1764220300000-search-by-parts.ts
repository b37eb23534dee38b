import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The most parts of one word that begin an entry of their own, so that nobody fills the search with one name. */
const PARTS_MAX = 32;
/** Letters of an entry. Some characters are equal to 18 letters, and an index takes no more than 2,700 bytes. */
const LENGTH_MAX = 254;

/** What parts of words stand between, as the text of SQL. */
const SEPARATORS = String.raw`E'!"#$%&''()*+,-./:;<=>?@[\\]^_${'`'}{|}~'`;

/** What the search knew before: words between blanks, in small letters. */
const FORMER_TERMS = String.raw`
          select array_remove(
            string_to_array(
              translate(
                lower(customer_name || coalesce(' ' || customer_email, '') || coalesce(' ' || external_reference, '')),
                E'\t\n\r\f\v', '     '),
              ' '),
            '') `;

const SHARED_LENGTH = `
         case when previous is null then 0
              when term ^@ previous then length(previous)
              when left(term, 1) = left(previous, 1) then orders.shared_length(previous, term)
              else 0 end`;

const entriesFor = (rows: string) => `
  select term, created_at, id,${SHARED_LENGTH}
    from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
            from ${rows}, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term) terms
   where term is distinct from previous`;

const reindex = (deleted: string, lock = '') => `
      create or replace function orders.index_terms_again() returns trigger language plpgsql as $$
      begin${lock}
        delete from orders.order_search
         where term = any(${deleted})
           and created_at = old.created_at and order_id = old.id;
        insert into orders.order_search (term, created_at, order_id, shared_length) ${entriesFor('(select new.*) changed')};
        return null;
      end $$;`;

/**
 * An order is found by each part of a word: bob@mail.example.com by mail and example.com, Müller-Lüden by luden. Entries are what a
 * word is from a part on, in the letters of products.searchable, and the words of a search are written the same way, so that a
 * search is still one range of entries. The end of a domain (com) begins none: nearly every order would have it. Of a usual name the
 * words that a part of the address begins with are left out: Jane Doe, jane.doe@example.com has three entries as before.
 *
 * Names, addresses and references of the usual forms take a short way through SQL; each of another form costs 10 to 50 µs.
 *
 * Ten million orders have the words of before: to write them anew takes an hour, which nobody waits for here. New orders have the
 * new words from now on. search_rewriting has a row as long as others have old ones: RewriteSearchWords rewrites them in slices,
 * and meanwhile a search looks for both.
 */
export class SearchByParts1764220300000 implements MigrationInterface {
  name = 'SearchByParts1764220300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(String.raw`
      -- Words between blanks. A letter that is a word has a mark before it (U+0001), a separator that no entry keeps.
      create function orders.search_tokens(value text) returns text[] language plpgsql immutable strict parallel safe as $$
      declare letters text := products.searchable(value);
      begin
        if octet_length(letters) <> char_length(letters) then
          letters := regexp_replace(
            regexp_replace(letters,
              '[\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2016-\u205e\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb]', '.', 'g'),
            '([\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', E'\x01\\1', 'g');
        end if;
        return array(select word from (select btrim(token, ${SEPARATORS} || E'\x01') as word
                                         from unnest(string_to_array(letters, ' ')) token) words where word <> '');
      end $$;

      create function orders.search_words(search text) returns text[] language sql immutable strict parallel safe as $$
        select array(select left(replace(token, E'\x01', ''), ${LENGTH_MAX})
                       from unnest(orders.search_tokens(search)) with ordinality tokens (token, n) group by 1 order by min(n)) $$;

      create function orders.search_parts(value text) returns text[] language plpgsql immutable strict parallel safe as $$
      declare
        terms text[] := '{}';
        token text;
        part text;
        start int;
      begin
        foreach token in array orders.search_tokens(value) loop
          start := 1;
          foreach part in array
            (string_to_array(translate(token, ${SEPARATORS} || E'\x01', repeat(' ', 33)), ' '))[1:${PARTS_MAX}]
          loop
            if part <> '' then terms := terms || left(replace(substr(token, start), E'\x01', ''), ${LENGTH_MAX}); end if;
            start := start + length(part) + 1;
          end loop;
        end loop;
        return terms;
      end $$;

      -- Of an address the parts but the end of its domain.
      create function orders.search_parts_of_address(email text) returns text[] language sql immutable strict parallel safe as $$
        select array(select term from unnest(orders.search_parts(email)) term
                      where term ~ '[@.]' or email !~ '@[^@]*\.') $$;

      create function orders.former_search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$${FORMER_TERMS}$$;

      create or replace function orders.search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$
          select array_remove(
              case
                when customer_name ~ '^[A-Za-z0-9]+( [A-Za-z0-9]+)?$'
                  then array[
                    -- Words that a part of the address begins with would find nothing more.
                    case when strpos('.' || translate(split_part(lower(customer_email collate "C"), '@', 1), '_+-', '...'),
                                     '.' || split_part(lower(customer_name collate "C"), ' ', 1)) > 0 then null
                         else split_part(lower(customer_name collate "C"), ' ', 1) end,
                    case when strpos('.' || translate(split_part(lower(customer_email collate "C"), '@', 1), '_+-', '...'),
                                     '.' || split_part(lower(customer_name collate "C"), ' ', 2)) > 0 then null
                         else nullif(split_part(lower(customer_name collate "C"), ' ', 2), '') end]
                when customer_name ~ '^[A-Za-z0-9]+( [A-Za-z0-9]+)*$' then string_to_array(lower(customer_name collate "C"), ' ')
                else orders.search_parts(customer_name) end
              || case
                when customer_email ~ '^[A-Za-z0-9]+([._+-][A-Za-z0-9]+)?@([A-Za-z0-9]+\.)?[A-Za-z0-9]+\.[A-Za-z]+$'
                  then array[
                    lower(customer_email collate "C"),
                    case when split_part(translate(split_part(customer_email, '@', 1), '_+-', '...'), '.', 2) <> ''
                         then substr(lower(customer_email collate "C"), strpos(translate(customer_email, '_+-', '...'), '.') + 1) end,
                    lower(split_part(customer_email, '@', 2) collate "C"),
                    case when split_part(split_part(customer_email, '@', 2), '.', 3) <> ''
                         then split_part(lower(split_part(customer_email, '@', 2) collate "C"), '.', 2)
                              || '.' || split_part(lower(split_part(customer_email, '@', 2) collate "C"), '.', 3) end]
                else orders.search_parts_of_address(customer_email) end
              || case
                when external_reference ~ '^[A-Za-z0-9]+(-[A-Za-z0-9]+)?$'
                  then array[
                    lower(external_reference collate "C"),
                    nullif(split_part(lower(external_reference collate "C"), '-', 2), '')]
                else orders.search_parts(external_reference) end,
            null) $$;

      create table orders.search_rewriting (
        is_only_row boolean primary key default true check (is_only_row),
        began_at timestamptz(3) not null default now(),
        rewritten_up_to uuid not null default '00000000-0000-0000-0000-000000000000'
      );
      insert into orders.search_rewriting select where exists (select from orders.orders);
    `);
    // What is deleted is read from the row as it was. A slice that is being rewritten has read it before: that is waited for.
    await runner.query(
      reindex(
        `orders.search_terms(old.customer_name, old.customer_email, old.external_reference)
                        || orders.former_search_terms(old.customer_name, old.customer_email, old.external_reference)`,
        `
        perform pg_advisory_xact_lock_shared('orders.search_rewriting'::regclass::oid::bigint);`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      lock table orders.orders in share row exclusive mode;
      create or replace function orders.search_terms(customer_name text, customer_email text, external_reference text)
        returns text[] language sql immutable as $$${FORMER_TERMS}$$;
      ${reindex('orders.search_terms(old.customer_name, old.customer_email, old.external_reference)')}
      drop table orders.search_rewriting;
      drop function orders.former_search_terms(text, text, text);
      drop function orders.search_parts_of_address(text);
      drop function orders.search_parts(text);
      drop function orders.search_words(text);
      drop function orders.search_tokens(text);
      truncate orders.order_search;
      insert into orders.order_search (term, created_at, order_id, shared_length) ${entriesFor('orders.orders')};
    `);
  }
}
