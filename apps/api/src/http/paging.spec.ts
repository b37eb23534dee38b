import type { Config } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { type Page, type PageWish, Paging } from './paging';

const ROWS = Array.from({ length: 10_100 }, (_, index) => index);

/** A list of the numbers from 0, as a repository would read it. */
function read(url: string): Promise<Page<number>> {
  const query = new URL(url).searchParams;
  const wish: PageWish = {
    page_size: Number(query.get('page_size')),
    page: query.has('page') ? Number(query.get('page')) : undefined,
    cursor: query.get('cursor') ?? undefined,
  };
  const request = { url: url.replace('http://shop', ''), protocol: 'http', host: 'shop' } as FastifyRequest;
  return new Paging({ secretKey: 'test' } as Config).page(
    request,
    {
      list: 'numbers',
      wish,
      fetch: (key, backwards, { limit, offset }) => {
        const rows = backwards ? ROWS.filter((row) => row < Number(key![0])).reverse() : ROWS;
        const after = key && !backwards ? rows.filter((row) => row > Number(key[0])) : rows;
        return Promise.resolve(after.slice(offset, offset + limit));
      },
      keyOf: (row) => [row],
      count: (max) => Promise.resolve(Math.min(max, ROWS.length)),
    },
    (row) => row,
  );
}

describe('pages by number', () => {
  it('are the rows that the pages by cursor have, forth and back', async () => {
    const byCursor = await read((await read('http://shop/list/?page_size=20')).next!);
    const second = await read('http://shop/list/?page_size=20&page=2');
    expect(second.results).toEqual(byCursor.results);
    expect([second.previous, second.next]).toEqual([
      'http://shop/list/?page_size=20&page=1',
      'http://shop/list/?page_size=20&page=3',
    ]);
    expect((await read(second.previous!)).previous).toBeNull();
  });

  it('go on with a cursor where numbers end, and so lose no row', async () => {
    const last = await read('http://shop/list/?page_size=20&page=500');
    expect(last.results.at(-1)).toBe(9999);
    expect(last.next).toMatch(/^http:\/\/shop\/list\/\?page_size=20&cursor=/);
    expect((await read(last.next!)).results[0]).toBe(10_000);
  });

  it('beyond the first 10,000 rows are refused with the last one that there is', async () => {
    await expect(read('http://shop/list/?page_size=20&page=501')).rejects.toMatchObject({
      kind: 'invalid',
      fields: [
        {
          field: 'page',
          code: 'too_big',
          message: 'Pages reach the first 10000 rows, which is page 500 of this size. Follow `next` from there.',
        },
      ],
    });
  });

  it('are not mixed with cursors', async () => {
    const { next } = await read('http://shop/list/?page_size=20');
    await expect(read(`${next}&page=2`)).rejects.toMatchObject({
      fields: [{ field: 'page', code: 'not_with_cursor' }],
    });
  });

  it('are empty after the last row, with the way back', async () => {
    ROWS.splice(100);
    const { results, next, previous } = await read('http://shop/list/?page_size=100&page=3');
    expect([results, next, previous]).toEqual([[], null, 'http://shop/list/?page_size=100&page=2']);
  });
});
