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

/** A word of a search: how entries begin that it finds. */
export interface SearchWord {
  term: string;
  /** How entries begin that are not rewritten yet; undefined when there are none, or when it is the same. */
  formerTerm?: string;
}

/** Whether entries of both kinds are to be looked for: an order can then have an entry of the one and look like the other. */
const isOfBothKinds = ({ formerTerm }: SearchWord) => formerTerm !== undefined;

/**
 * A query for `created_at, order_id` of the orders that a word finds, at most `max`. Each is there once, or a second time when its id
 * begins with the word as well, or while entries are being rewritten.
 */
export function entriesOf(word: SearchWord, bind: Bind, max = ENTRIES_MAX): string {
  const entries = [word.term, ...(word.formerTerm === undefined ? [] : [word.formerTerm])].map(
    // Of the words of an order that begin with this one, the first: those after it share all of it with the one before. Postgres
    // counts code points, as Array.from does.
    (term) =>
      `select created_at, order_id from orders.order_search
        where ${isTermOf(term, bind)} and shared_length < ${Array.from(term).length}`,
  );
  const ids = idsBeginningWith(word, bind);
  if (ids) entries.push(`select created_at, id from orders.orders where ${ids}`);
  return `${entries.join(' union all ')} limit ${max}`;
}

/** A query for the `count` of the orders that a word finds, at most `max`. */
export function countOf(word: SearchWord, bind: Bind, max: number): string {
  const kinds = (canBeginId(word) ? 2 : 1) + (isOfBothKinds(word) ? 1 : 0);
  return kinds > 1
    ? `select least(count(distinct order_id), ${max}) as count from (${entriesOf(word, bind, kinds * max)}) entry`
    : `select count(*) from (${entriesOf(word, bind, max)}) entry`;
}

/**
 * A recursive query for the first `term`s that begin with a word, one more than {@link TERMS_MAX}: from each it goes to the next in
 * the index, past all entries of the one (PostgreSQL wiki, "Loose indexscan"). When ids of orders begin with it as well, that is
 * more than can be told by terms, and there are none; the same while entries are being rewritten.
 */
export function distinctTerms(word: SearchWord, bind: Bind): string {
  const ids = isOfBothKinds(word) ? 'true' : idsBeginningWith(word, bind);
  const firstTerm = (where: string) =>
    `select term from orders.order_search where ${isTermOf(word.term, bind)}${where} order by term limit 1`;
  return `
    select term, 1 as n from (${firstTerm(ids ? ` and not exists (select from orders.orders where ${ids})` : '')}) first_term
     union all
    select next_term.term, n + 1
      from terms, lateral (${firstTerm(' and term > terms.term')}) next_term
     where n <= ${TERMS_MAX}`;
}

const isTermOf = (term: string, bind: Bind) => `term >= ${bind(term)} and term < ${bind(term + LAST_CHARACTER)}`;

/** A condition on an order `o` of a query builder: each word is the beginning of something that the order is found by. */
export function isFoundByAll(words: readonly SearchWord[], bind: Bind): string {
  return `not exists (
    select from unnest(cast(${bind(words.map(({ term }) => term))} as text[])) word
     where not cast(o.id as text) ^@ word
       and not exists (select from unnest(orders.search_terms(o.customerName, o.customerEmail, o.externalReference)) term
                        where term ^@ word))`;
}

/** A condition on the `id` of an order; undefined for what no id begins with. */
function idsBeginningWith(word: SearchWord, bind: Bind): string | undefined {
  const { term } = word;
  return canBeginId(word)
    ? `id between ${bind(term + FIRST_ID.slice(term.length))} and ${bind(term + LAST_ID.slice(term.length))}`
    : undefined;
}

function canBeginId({ term }: SearchWord): boolean {
  const first = term + FIRST_ID.slice(term.length);
  return term.length <= FIRST_ID.length && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(first);
}
