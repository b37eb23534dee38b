/** Gives the placeholder of a parameter. */
export type Bind = (value: unknown) => string;

/**
 * Orders of a word that are sorted, or named to another query. A word with more is a common one: what it finds is soon met by walking
 * through the orders. An order with several words that begin alike costs the reading of each.
 */
export const ENTRIES_MAX = 30_000;

/** Words of orders that begin with a word of a search. When there are no more, each is read for itself, in the order of time. */
export const TERMS_MAX = 16;

/** The last character of Unicode: what begins with a word sorts before the word followed by it. */
const LAST_CHARACTER = '\u{10FFFF}';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = FIRST_ID.replaceAll('0', 'f');

/**
 * The words of a search, each once. Split and written small as orders.search_terms does it: at ASCII white space, and each character
 * by itself, whatever it stands beside.
 */
export function searchWords(search: string): string[] {
  const words = Array.from(search, (character) => character.toLowerCase())
    .join('')
    .split(/[ \t\n\r\f\v]+/);
  return [...new Set(words.filter((word) => word !== ''))];
}

/**
 * A query for `created_at, order_id` of the orders that a word finds, at most `max`. Each is there once, or a second time when its id
 * begins with the word as well.
 */
export function entriesOf(word: string, bind: Bind, max = ENTRIES_MAX): string {
  // Of the words of an order that begin with this one, the first: those after it share all of it with the one before. Postgres
  // counts code points, as Array.from does.
  const isFirstOfOrder = `shared_length < ${Array.from(word).length}`;
  const terms = `select created_at, order_id from orders.order_search where ${isTermOf(word, bind)} and ${isFirstOfOrder}`;
  const ids = idsBeginningWith(word, bind);
  return `${ids ? `${terms} union all select created_at, id from orders.orders where ${ids}` : terms} limit ${max}`;
}

/** A query for the `count` of the orders that a word finds, at most `max`. */
export function countOf(word: string, bind: Bind, max: number): string {
  return canBeginId(word)
    ? `select least(count(distinct order_id), ${max}) as count from (${entriesOf(word, bind, 2 * max)}) entry`
    : `select count(*) from (${entriesOf(word, bind, max)}) entry`;
}

/**
 * A recursive query for the first `term`s that begin with a word, one more than {@link TERMS_MAX}: from each it goes to the next in
 * the index, past all entries of the one (PostgreSQL wiki, "Loose indexscan"). When ids of orders begin with it as well, that is
 * more than can be told by terms, and there are none.
 */
export function distinctTerms(word: string, bind: Bind): string {
  const ids = idsBeginningWith(word, bind);
  const firstTerm = (where: string) =>
    `select term from orders.order_search where ${isTermOf(word, bind)}${where} order by term limit 1`;
  return `
    select term, 1 as n from (${firstTerm(ids ? ` and not exists (select from orders.orders where ${ids})` : '')}) first_term
     union all
    select next_term.term, n + 1
      from terms, lateral (${firstTerm(' and term > terms.term')}) next_term
     where n <= ${TERMS_MAX}`;
}

const isTermOf = (word: string, bind: Bind) => `term >= ${bind(word)} and term < ${bind(word + LAST_CHARACTER)}`;

/** A condition on an order `o` of a query builder: each word is the beginning of something that the order is found by. */
export function isFoundByAll(words: readonly string[], bind: Bind): string {
  return `not exists (
    select from unnest(cast(${bind(words)} as text[])) word
     where not cast(o.id as text) ^@ word
       and not exists (select from unnest(orders.search_terms(o.customerName, o.customerEmail, o.externalReference)) term
                        where term ^@ word))`;
}

/** A condition on the `id` of an order; undefined for what no id begins with. */
function idsBeginningWith(word: string, bind: Bind): string | undefined {
  return canBeginId(word)
    ? `id between ${bind(word + FIRST_ID.slice(word.length))} and ${bind(word + LAST_ID.slice(word.length))}`
    : undefined;
}

function canBeginId(word: string): boolean {
  const first = word + FIRST_ID.slice(word.length);
  return word.length <= FIRST_ID.length && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(first);
}
