/** A pattern of a search for each word; an index is asked for so many of them. */
const WORDS_IN_INDEX = 3;

/**
 * A condition that a text of `products.search_text` has every word of the parameter `search`; a search without a word finds nothing.
 * The patterns are computed when the statement is planned, so that the planner knows how rare they are.
 */
export function matchesSearch(searchText: string): string {
  const patterns = 'products.search_patterns(:search)';
  const inIndex = Array.from({ length: WORDS_IN_INDEX }, (_, index) =>
    index === 0
      ? `${searchText} like (${patterns})[1]`
      : `${searchText} like coalesce((${patterns})[${index + 1}], '%')`,
  );
  return `${inIndex.join(' and ')} and ${searchText} like all ((${patterns})[${WORDS_IN_INDEX + 1}:])`;
}
