import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Config, CONFIG, errorCode, InvalidInputError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Matches are counted up to here; above, `count_is_capped` says that there are more. */
const COUNT_MAX = 10_000;
const SIGNATURE_BYTES = 16;

export const pageQuery = {
  page_size: z.coerce
    .number()
    .int()
    .min(1, 'Must be at least 1.')
    .max(100, 'Must be at most 100.')
    .default(20)
    .meta({ description: 'Rows per page, at most 100.' }),
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
    .max(2),
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

export interface PageSource<Row> {
  /** Name of the list and its sort order. */
  list: string;
  pageSize: number;
  cursor: string | undefined;
  /** Rows after `key` in the list's order, or before it, nearest first, when `backwards`. */
  fetch: (key: Key | undefined, backwards: boolean, limit: number) => Promise<Row[]>;
  keyOf: (row: Row) => Key;
  /** Counts what matches, at most `max`. */
  count: (max: number) => Promise<number>;
}

/** Cuts lists into pages by keyset: the cursor is the last row's sort key, signed, so that every page costs the same. */
@Injectable()
export class Paging {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async page<Row, Item>(
    request: FastifyRequest,
    source: PageSource<Row>,
    toItem: (row: Row) => Item,
  ): Promise<Page<Item>> {
    const cursor = source.cursor ? this.decode(source.cursor, source.list) : undefined;
    const backwards = cursor?.backwards ?? false;
    const [fetched, count] = await Promise.all([
      source.fetch(cursor?.key, backwards, source.pageSize + 1).catch((error: unknown) => {
        // A text where the list has a number: signed, but by nobody who read this list.
        throw cursor && errorCode(error)?.startsWith(DATA_EXCEPTION) ? noCursor() : error;
      }),
      source.count(COUNT_MAX + 1),
    ]);
    const more = fetched.length > source.pageSize;
    const rows = fetched.slice(0, source.pageSize);
    if (backwards) rows.reverse();
    const link = (row: Row | undefined, towards: boolean, exists: boolean): string | null =>
      row && exists ? this.url(request, { list: source.list, key: source.keyOf(row), backwards: towards }) : null;
    return {
      count: Math.min(count, COUNT_MAX),
      count_is_capped: count > COUNT_MAX,
      next: link(rows.at(-1), false, backwards || more),
      previous: link(rows[0], true, backwards ? more : cursor !== undefined),
      results: rows.map(toItem),
    };
  }

  private url(request: FastifyRequest, cursor: Cursor): string {
    // A request line may name the host as well. Put together by hand: a URL parser does not take every host that a client can name.
    const [path, query] = request.url.replace(/^\w+:\/\/[^/?]*/, '').split('?');
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', this.encode(cursor));
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

function noCursor(): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [
    {
      field: 'cursor',
      code: 'invalid_cursor',
      message: 'This is not a cursor of this list. Start again without it.',
    },
  ]);
}
