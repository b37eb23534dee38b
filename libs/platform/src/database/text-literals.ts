/** Words that are written in code, as a list for SQL: `'pending', 'processing'`. Input is bound, never written into a statement. */
export function textLiterals(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');
}
