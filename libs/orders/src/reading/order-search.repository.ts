import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Order } from '../order.entity';
import type { OrderQuery } from './order-query';
import {
  type Bind,
  countOf,
  distinctTerms,
  ENTRIES_MAX,
  entriesOf,
  isFoundByAll,
  type SearchWord,
  TERMS_MAX,
} from './order-search';

/** A word with fewer names its orders, and the other words are looked for in these. */
const FEW_ENTRIES = 1000;

/**
 * Finds orders by beginnings of words. Entries are in the order of words, and each has the time of its order: a search reads only
 * entries, a few hundred to a page of the index, and of the orders those that it shows.
 */
@Injectable()
export class OrderSearchRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The words of a search, each once: what orders.search_words makes of it, the one place where letters are folded. While entries
   * of before are rewritten, each word is looked for in both kinds.
   */
  async wordsOf(search: string): Promise<SearchWord[]> {
    const tokens = [...new Set(search.split(/\s+/u))].filter((token) => token !== '');
    const rows = await this.dataSource.query<{ words: string[]; former: string; rewriting: boolean }[]>(
      `select orders.search_words(token) as words, lower(token) as former, exists (select from orders.search_rewriting) as rewriting
         from unnest($1::text[]) with ordinality tokens (token, n) order by n`,
      [tokens],
    );
    const words = new Map<string, SearchWord>();
    for (const { words: terms, former, rewriting } of rows)
      for (const term of terms) {
        words.set(term, rewriting && former !== term ? { term, formerTerm: former } : { term });
      }
    return [...words.values()];
  }

  /** Counts the orders that a word finds, at most `max`. */
  async count(word: SearchWord, max: number): Promise<number> {
    const { parameters, bind } = numbered();
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(countOf(word, bind, max), parameters);
    return count;
  }

  /** Ids of the page of those that a word finds; undefined for a common word that many words of orders begin with. */
  async findPage(word: SearchWord, query: OrderQuery): Promise<string[] | undefined> {
    return (await this.findPageByTerms(word, query)) ?? this.findPageOfEntries(word, query);
  }

  /**
   * Restricts a query on orders `o` to those that all words find. What rare words find is named to it. Postgres takes any word for a
   * common one, and would look for a rare one in every order, newest first; of what common words find, the newest are soon found
   * that way.
   */
  async restrict(select: SelectQueryBuilder<Order>, words: readonly SearchWord[]): Promise<void> {
    if (words.length === 0) return void select.andWhere('false');
    const few = await this.rareOf(words, FEW_ENTRIES);
    const rare = few.length > 0 ? few : await this.rareOf(words, ENTRIES_MAX);
    const bind: Bind = (value) => {
      const name = `search${Object.keys(select.getParameters()).length}`;
      select.setParameter(name, value);
      return `:${name}`;
    };
    if (rare.length > 0) {
      const found = rare.map((word) => `select order_id from (${entriesOf(word, bind)}) entries`);
      select.andWhere(`o.id = any(array(${found.join(' intersect ')}))`);
    }
    const common = words.filter((word) => !rare.includes(word));
    if (common.length > 0) select.andWhere(isFoundByAll(common, bind));
  }

  /**
   * Restricts a query on orders `o` to those of a customer. An address is among the words of the search, which have the times of their
   * orders: the orders of a customer are read in their order without an index of their own. A name may have the word as well.
   */
  async restrictToCustomer(select: SelectQueryBuilder<Order>, email: string): Promise<void> {
    const words = await this.wordsOf(email);
    const terms = words.flatMap(({ term, formerTerm }) => (formerTerm === undefined ? [term] : [term, formerTerm]));
    select.andWhere('products.folded(o.customerEmail) = products.folded(:email)', { email }).andWhere(
      `exists (select from orders.order_search entry
                where entry.term in (:...customerTerms) and entry.created_at = o.createdAt and entry.order_id = o.id)`,
      // What has no word is nobody's address.
      { customerTerms: terms.length > 0 ? terms : [''] },
    );
  }

  /** Merges the page from one page of each word of orders that begins with this one; undefined when there are too many, or none. */
  private async findPageByTerms(word: SearchWord, query: OrderQuery): Promise<string[] | undefined> {
    const { parameters, bind } = numbered();
    const { order, isBeyond } = inOrder(query, bind);
    const limit = bind(query.limit);
    const [row] = await this.dataSource.query<[{ ids: string[]; terms: number }]>(
      `with recursive terms as (${distinctTerms(word, bind)})
       select (select count(*) from terms) as terms,
              array(select order_id::text as id
                      from (select distinct page.*
                              from terms, lateral (select created_at, order_id from orders.order_search entry
                                                    where entry.term = terms.term and ${isBeyond}
                                                    order by ${order} limit ${limit}) page
                             where (select count(*) from terms) <= ${TERMS_MAX}) found
                     order by ${order} limit ${limit}) as ids`,
      parameters,
    );
    return row.terms === 0 || row.terms > TERMS_MAX ? undefined : row.ids;
  }

  /** Sorts all entries that a word has; undefined for a common one. */
  private async findPageOfEntries(word: SearchWord, query: OrderQuery): Promise<string[] | undefined> {
    const { parameters, bind } = numbered();
    const { order, isBeyond } = inOrder(query, bind);
    const [row] = await this.dataSource.query<[{ ids: string[]; entries: number }]>(
      `with entries as materialized (${entriesOf(word, bind)})
       select (select count(*) from entries) as entries,
              array(select order_id::text as id
                      from (select distinct created_at, order_id
                              from (select created_at, order_id from entries where ${isBeyond}
                                     order by ${order} limit ${bind(query.limit * 3)}) first) found
                     order by ${order} limit ${bind(query.limit)}) as ids`,
      parameters,
    );
    return row.entries === ENTRIES_MAX ? undefined : row.ids;
  }

  /** The words that have fewer entries than this. */
  private async rareOf(words: readonly SearchWord[], max: number): Promise<SearchWord[]> {
    const { parameters, bind } = numbered();
    const counts = words.map((word) => `(select count(*) from (${entriesOf(word, bind, max)}) entries)`);
    const [{ entries }] = await this.dataSource.query<[{ entries: number[] }]>(
      `select array[${counts.join(', ')}]::int[] as entries`,
      parameters,
    );
    return words.filter((_, index) => entries[index]! < max);
  }
}

/** The order of a page, and a condition on what comes after the one before. */
function inOrder({ descending, after }: OrderQuery, bind: Bind): { order: string; isBeyond: string } {
  const direction = descending ? 'desc' : 'asc';
  return {
    order: `created_at ${direction}, order_id ${direction}`,
    isBeyond: after
      ? `(created_at, order_id) ${descending ? '<' : '>'} (${bind(after.createdAt)}, ${bind(after.id)})`
      : 'true',
  };
}

/** Parameters of a statement, numbered as they are bound. */
function numbered(): { parameters: unknown[]; bind: Bind } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}
