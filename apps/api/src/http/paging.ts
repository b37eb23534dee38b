import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Config, CONFIG, errorCode, InvalidInputError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Matches are counted up to here; above, `count_is_capped` says that there are more. */
const COUNT_MAX = 10_000;
/** Rows that `page` reaches: to skip them costs as much as to count them. What lies beyond is read by cursors. */
const ROWS_BY_NUMBER = 10_000;
const SIGNATURE_BYTES = 16;

export const pageQuery = {
  page_size: z.coerce
    .number()
    .int()
    .min(1, 'Must be at least 1.')
    .max(100, 'Must be at most 100.')
    .default(20)
    .meta({ description: 'Rows per page, at most 100.' }),
  page: z.coerce
    .number()
    .int()
    .min(1, 'Must be at least 1.')
    .max(ROWS_BY_NUMBER, `Must be at most ${ROWS_BY_NUMBER}.`)
    .optional()
    .meta({
      description: `Number of the page, from 1, within the first ${ROWS_BY_NUMBER} rows: instead of a cursor. \`next\` and \`previous\` have numbers then; further on, \`next\` is a cursor.`,
      example: 1,
    }),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'From `next` or `previous` of another page, opaque. Empty for the first page.' }),
};

/** The envelope of every list. */
export function pageSchema<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .object({
      count: z
        .number()
        .int()
        .meta({ description: `Exact up to ${COUNT_MAX}.`, example: 1 }),
      count_is_capped: z.boolean().meta({ description: 'True when there are more than `count`.', example: false }),
      next: z.string().nullable().meta({ example: null }),
      previous: z.string().nullable().meta({ example: null }),
      results: z.array(item),
    })
    .meta({ id });
}

export interface Page<Item> {
  count: number;
  count_is_capped: boolean;
  next: string | null;
  previous: string | null;
  results: Item[];
}

type Key = (string | number)[];

/** What is signed. The secret may be known to others, or may have signed something else before: it is checked like any input. */
const contentSchema = z.tuple([
  z.string(),
  z
    .array(z.union([z.string().max(500), z.number()]))
    .min(1)
    .max(3),
  z.boolean(),
]);
/** SQLSTATE class of a value that is none of its type. */
const DATA_EXCEPTION = '22';

interface Cursor {
  /** The list and order that it belongs to: a cursor of another list makes no sense. */
  list: string;
  key: Key;
  backwards: boolean;
}

/** Which page of a list is wanted; at most one of `page` and `cursor`. */
export interface PageWish {
  page_size: number;
  page?: number;
  cursor?: string;
}

/** Rows to read: `offset` is of a numbered page, and 0 where there is a key. */
export interface Slice {
  limit: number;
  offset: number;
}

export interface PageSource<Row> {
  /** Name of the list and its sort order. */
  list: string;
  wish: PageWish;
  /** Rows after `key` in the list's order, or before it, nearest first, when `backwards`. */
  fetch: (key: Key | undefined, backwards: boolean, slice: Slice) => Promise<Row[] | Looked<Row>>;
  keyOf: (row: Row) => Key;
  /** Counts what matches, at most `max`. */
  count: (max: number) => Promise<number | { count: number; isCapped: boolean }>;
}

/** What was found by looking at no more than one request may read. */
export interface Looked<Row> {
  rows: Row[];
  /** As far as was looked, when there are fewer rows than wanted and there may be more behind. */
  stoppedAt?: Key;
}

/**
 * Cuts lists into pages by keyset: the cursor is the last row's sort key, signed, so that every page costs the same. The first rows
 * can be asked for by the number of their page as well, as clients of older systems do.
 */
@Injectable()
export class Paging {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async page<Row, Item>(
    request: FastifyRequest,
    source: PageSource<Row>,
    toItem: (row: Row) => Item,
  ): Promise<Page<Item>> {
    const { page_size: pageSize, page } = source.wish;
    const cursor = source.wish.cursor ? this.decode(source.wish.cursor, source.list) : undefined;
    if (page !== undefined) checkNumber(page, source.wish);
    const backwards = cursor?.backwards ?? false;
    const slice = { limit: pageSize + 1, offset: page === undefined ? 0 : (page - 1) * pageSize };
    const [found, counted] = await Promise.all([
      source.fetch(cursor?.key, backwards, slice).catch((error: unknown) => {
        // A text where the list has a number: signed, but by nobody who read this list.
        throw cursor && errorCode(error)?.startsWith(DATA_EXCEPTION) ? noCursor() : error;
      }),
      source.count(COUNT_MAX + 1),
    ]);
    const { rows: fetched, stoppedAt }: Looked<Row> = Array.isArray(found) ? { rows: found } : found;
    const { count, isCapped } =
      typeof counted === 'number' ? { count: counted, isCapped: counted > COUNT_MAX } : counted;
    const more = fetched.length > pageSize || stoppedAt !== undefined;
    const rows = fetched.slice(0, pageSize);
    if (backwards) rows.reverse();
    const byCursor = (row: Row | undefined, towards: boolean): string | null => {
      const atRow = row && source.keyOf(row);
      // Where not as much was found as wanted, it goes on from as far as was looked; back from a page with nothing, from where it began.
      const key = towards === backwards ? (stoppedAt ?? atRow) : (atRow ?? (stoppedAt && cursor?.key));
      return key ? this.url(request, { cursor: this.encode({ list: source.list, key, backwards: towards }) }) : null;
    };
    const byNumber = (number: number) => this.url(request, { page: String(number) });
    const isReached = page !== undefined && (page + 1) * pageSize <= ROWS_BY_NUMBER;
    const hasPrevious = backwards ? more : cursor !== undefined;
    const previous = page === undefined ? hasPrevious && byCursor(rows[0], true) : page > 1 && byNumber(page - 1);
    return {
      count: Math.min(count, COUNT_MAX),
      count_is_capped: isCapped || count > COUNT_MAX,
      next: backwards || more ? (isReached ? byNumber(page + 1) : byCursor(rows.at(-1), false)) : null,
      previous: previous || null,
      results: rows.map(toItem),
    };
  }

  /** The address of another page of the same list. */
  private url(request: FastifyRequest, place: { cursor: string } | { page: string }): string {
    // A request line may name the host as well. Put together by hand: a URL parser does not take every host that a client can name.
    const [path, query] = request.url.replace(/^\w+:\/\/[^/?]*/, '').split('?');
    const parameters = new URLSearchParams(query);
    parameters.delete('cursor');
    parameters.delete('page');
    for (const [name, value] of Object.entries(place)) parameters.set(name, value);
    return `${request.protocol}://${request.host || 'localhost'}${path}?${parameters.toString()}`;
  }

  private encode(cursor: Cursor): string {
    const body = Buffer.from(JSON.stringify([cursor.list, cursor.key, cursor.backwards]));
    return Buffer.concat([this.sign(body), body]).toString('base64url');
  }

  private decode(text: string, list: string): Cursor {
    const bytes = Buffer.from(text, 'base64url');
    const body = bytes.subarray(SIGNATURE_BYTES);
    if (body.length > 0 && timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), this.sign(body))) {
      const parsed = contentSchema.safeParse(parsedJson(body.toString()));
      if (parsed.success && parsed.data[0] === list) return { list, key: parsed.data[1], backwards: parsed.data[2] };
    }
    throw noCursor();
  }

  private sign(body: Buffer): Buffer {
    return createHmac('sha256', this.config.secretKey)
      .update('list-cursor')
      .update(body)
      .digest()
      .subarray(0, SIGNATURE_BYTES);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkNumber(page: number, { page_size: pageSize, cursor }: PageWish): void {
  const refuse = (code: string, message: string) =>
    new InvalidInputError('The request is not valid.', [{ field: 'page', code, message }]);
  if (cursor) throw refuse('not_with_cursor', 'Send a page number or a cursor, not both.');
  const last = Math.floor(ROWS_BY_NUMBER / pageSize);
  if (page > last)
    throw refuse(
      'too_big',
      `Pages reach the first ${ROWS_BY_NUMBER} rows, which is page ${last} of this size. Follow \`next\` from there.`,
    );
}

function noCursor(): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [
    {
      field: 'cursor',
      code: 'invalid_cursor',
      message: 'This is not a cursor of this list. Start again without it.',
    },
  ]);
}
