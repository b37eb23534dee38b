/** What every list answers with. */
export interface Page<Item> {
  count: number;
  count_is_capped: boolean;
  next: string | null;
  previous: string | null;
  results: Item[];
}

/** Every item of a list, page after page: `read` asks for the page of a cursor, the first one for undefined. */
export async function* everyItem<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { results, next }: Page<Item> = await read(cursor);
    yield* results;
    cursor = next === null ? undefined : (new URL(next).searchParams.get('cursor') ?? undefined);
  } while (cursor);
}
