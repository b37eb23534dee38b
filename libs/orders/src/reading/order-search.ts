/** Gives the placeholder of a parameter. */
export type Bind = (value: unknown) => string;

/**
 * Entries of a word that are looked at. A word with more is a common one: its orders are not named, but found by walking. That is
 * three times what a list counts, because an order has an entry for each of its words that begin alike: Bob Bobson, bob@example.com.
 */
export const ENTRIES_MAX = 30_000;

/** The last character of Unicode: what begins with a word sorts before the word followed by it. */
const LAST_CHARACTER = '\u{10FFFF}';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = FIRST_ID.replaceAll('0', 'f');

/** The words of a search, each once. */
export function searchWords(search: string): string[] {
  const words = search.toLowerCase().split(/\s+/);
  return [...new Set(words.filter((word) => word !== ''))];
}

/** A query for `created_at, order_id` of the orders that a word finds, at most `max`; an order may be there repeatedly. */
export function entriesOf(word: string, bind: Bind, max = ENTRIES_MAX): string {
  const terms = `select created_at, order_id from orders.order_search
                  where term >= ${bind(word)} and term < ${bind(word + LAST_CHARACTER)}`;
  const ids = idsBeginningWith(word);
  const orders =
    ids && `select created_at, id from orders.orders where id between ${bind(ids.first)} and ${bind(ids.last)}`;
  return `${orders ? `${terms} union all ${orders}` : terms} limit ${max}`;
}

/** A condition on an order `o` of a query builder: each word is the beginning of something that the order is found by. */
export function isFoundByAll(words: readonly string[], bind: Bind): string {
  return `not exists (
    select from unnest(cast(${bind(words)} as text[])) word
     where not cast(o.id as text) ^@ word
       and not exists (select from unnest(orders.search_terms(o.customerName, o.customerEmail, o.externalReference)) term
                        where term ^@ word))`;
}

/** The range of ids that begin like this; undefined for what no id begins with. */
function idsBeginningWith(word: string): { first: string; last: string } | undefined {
  if (word.length > FIRST_ID.length) return undefined;
  const first = word + FIRST_ID.slice(word.length);
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(first)
    ? { first, last: word + LAST_ID.slice(word.length) }
    : undefined;
}
