/**
 * Cuts a long list into slices of `size`, each with the index of its first item, and lets the event loop turn between them: who
 * works through 50,000 items must not keep everybody else waiting meanwhile.
 */
export async function* slices<Item>(
  items: readonly Item[],
  size: number,
): AsyncGenerator<[slice: Item[], first: number]> {
  for (let first = 0; first < items.length; first += size) {
    if (first > 0) await new Promise((resolve) => setImmediate(resolve));
    yield [items.slice(first, first + size), first];
  }
}
