import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Products are found by each word of a search: three letters and more anywhere, fewer at the beginning of a part of a word. What
 * stands between parts is a blank, and a letter that is a word (茶) has one before it. The trigrams of pg_trgm know the letters of
 * the database's locale only, with C those of ASCII: other letters are written as their bytes in ASCII, so that every search has an
 * index.
 *
 * search_patterns gives what to look for with LIKE, a pattern a word. Blanks stand for the characters that LIKE takes for its own.
 *
 * The index is built without blocking anybody, so each statement stands alone, and can be run again after a stop half way.
 */
export class SearchInAnyLetters1764220100000 implements MigrationInterface {
  name = 'SearchInAnyLetters1764220100000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(String.raw`
      create or replace function products.search_letters(value text) returns text language plpgsql immutable strict parallel safe as $$
      declare letters text := translate(products.searchable(value), E'!"#$%&''()*+,-./:;<=>?@[\\]^_${'`'}{|}~', repeat(' ', 32));
      begin
        if octet_length(letters) = char_length(letters) then return letters; end if;
        return regexp_replace(
          regexp_replace(letters,
            '[\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2016-\u205e\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb]', ' ', 'g'),
          '([\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', ' \1', 'g');
      end $$;
      create or replace function products.in_ascii(letters text) returns text language sql immutable strict parallel safe as $$
        select case when octet_length(letters) = char_length(letters) then letters
                    else translate(encode(convert_to(letters, 'UTF8'), 'escape'), E'\\', 'x') end $$;
      create or replace function products.search_text(name text, sku text, description text)
        returns text language plpgsql immutable strict parallel safe as $$
      begin
        return ' ' || products.in_ascii(products.search_letters(name || ' ' || sku || ' ' || description));
      end $$;
      create or replace function products.search_patterns(search text) returns text[] language sql immutable strict parallel safe as $$
        select array(
          select distinct case when char_length(letters) < 3 then '% ' else '%' end || products.in_ascii(letters) || '%'
            from (select btrim(products.search_letters(word)) as letters
                    from unnest(string_to_array(products.searchable(search), ' ')) word) words
           where letters <> '') $$;
    `);
    await runner.query('drop index concurrently if exists products.products_search_text');
    await runner.query(
      'create index concurrently products_search_text on products.products using gin (products.search_text(name, sku, description) gin_trgm_ops)',
    );
    await runner.query('drop index concurrently if exists products.products_search');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index products_search on products.products using gin (name gin_trgm_ops, sku gin_trgm_ops, description gin_trgm_ops);
      drop index products.products_search_text;
      drop function products.search_patterns(text);
      drop function products.search_text(text, text, text);
      drop function products.in_ascii(text);
      drop function products.search_letters(text);
    `);
  }
}
