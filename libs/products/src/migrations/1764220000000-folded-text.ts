import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One rule for which texts are equal. `folded`: the same letters whatever their case and Unicode form; characters that nobody sees
 * are left out, blanks, dashes and apostrophes are one each. `searchable`: accents are left out as well. Here because inventory and
 * orders build on products. ASCII takes a short way: nearly all texts are. Letters are made small by code point (pg_c_utf8, since
 * Postgres 17), whatever locale the database has.
 *
 * SKUs that look alike are one: products.skus names the product that each belongs to. Where several products have SKUs that look
 * alike already, the first one keeps it, and the others stay as they are: no product is renamed behind anybody's back. Placing only
 * reads products, so the lock stops nobody but who changes the catalogue, for a second at 100,000 products.
 */
export class FoldedText1764220000000 implements MigrationInterface {
  name = 'FoldedText1764220000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(String.raw`
      create function products.folded(value text) returns text language sql immutable strict parallel safe as $$
        select btrim(case
          when octet_length(value) = char_length(value) then
            translate(lower(value collate "C"), E'\t\n\r\f\v', '     ')
          else
            regexp_replace(
              normalize(
                replace(
                  lower(
                    translate(
                      regexp_replace(
                        normalize(value, nfkc),
                        '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]+', '', 'g'),
                      'İı‘’ʼ‐‑‒–—―−', 'ii''''''-------')
                    collate pg_c_utf8) collate "C",
                  'ß', 'ss'),
                nfkc),
              '[\u0009-\u000d\u0085\u1680\u2028\u2029]', ' ', 'g')
          end) $$;

      create function products.searchable(value text) returns text language sql immutable strict parallel safe as $$
        select case
          when octet_length(value) = char_length(value) then products.folded(value)
          else
            normalize(
              replace(replace(
                translate(
                  regexp_replace(
                    normalize(products.folded(value), nfkd),
                    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+', '', 'g'),
                  'ςøłđðħŧ', 'σolddht'),
                'æ', 'ae'), 'œ', 'oe'),
              nfkc)
          end $$;

      create table products.skus (
        folded text collate "C" primary key,
        product_id bigint not null unique
      );
      lock table products.products in share row exclusive mode;
      insert into products.skus (folded, product_id)
      select products.folded(sku), id from products.products order by id on conflict (folded) do nothing;

      create function products.keep_sku() returns trigger language plpgsql as $$
      begin
        delete from products.skus where product_id = old.id;
        if tg_op = 'UPDATE' then insert into products.skus (folded, product_id) values (products.folded(new.sku), new.id); end if;
        return null;
      end $$;
      create function products.take_skus() returns trigger language plpgsql as $$
      begin
        insert into products.skus (folded, product_id) select products.folded(sku), id from new_rows order by 1;
        return null;
      end $$;
      create trigger take_skus after insert on products.products referencing new table as new_rows
        for each statement execute function products.take_skus();
      create trigger keep_sku after update of sku on products.products for each row
        when (old.sku is distinct from new.sku) execute function products.keep_sku();
      create trigger give_up_sku after delete on products.products for each row execute function products.keep_sku();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger take_skus on products.products;
      drop trigger keep_sku on products.products;
      drop trigger give_up_sku on products.products;
      drop function products.keep_sku();
      drop function products.take_skus();
      drop table products.skus;
      drop function products.searchable(text);
      drop function products.folded(text);
    `);
  }
}
