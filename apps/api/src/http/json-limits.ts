import { InvalidInputError, isRecord, type SlicedWork } from '@app/platform';

/** The largest body without a long list, 1,000 item ids, has about half as many. Every later walk over a body is short then. */
export const VALUES_MAX = 2500;
/** No body of this API has more than five levels. */
export const DEPTH_MAX = 32;
/** An item of a long list, and all that stands around the list, may have as many bytes as a body without one. */
const PART_BYTES_MAX = 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The one list of a body that may have more items than any other. */
export interface LongList {
  name: string;
  itemsMax: number;
}

type ReadPart = (text: string) => unknown;

/** Refuses a body with too many values or levels at the first that is too many. Throws InvalidInputError. */
export function requireFewValues(bytes: Buffer): void {
  new Part(bytes, 0, bytes.length).end();
}

/**
 * Reads a body of which one list may be long: its items one by one, in slices that let others run, and what is around it as a body
 * of its own with an empty list. Each of these parts is bound like a body without a long list. It takes what JSON.parse takes:
 * the text is valid if and only if all parts are. Throws InvalidInputError.
 */
export async function readLongList(
  bytes: Buffer,
  list: LongList,
  read: { item: ReadPart; around: ReadPart },
  work: SlicedWork,
): Promise<unknown> {
  const begin = beginOfList(bytes, list.name);
  if (begin === undefined) {
    requireFewValues(bytes.subarray(0, PART_BYTES_MAX + 1));
    if (bytes.length > PART_BYTES_MAX) throw tooLarge('');
    return read.around(bytes.toString());
  }
  const items: unknown[] = [];
  let at = begin;
  for (;;) {
    const field = `${list.name}[${items.length}]`;
    const end = new Part(bytes, at, at + PART_BYTES_MAX, field).end();
    if (items.length === 0 && bytes[end] === CLOSE_BRACKET && isBlank(bytes, at, end)) {
      at = end;
      break;
    }
    if (items.length === list.itemsMax)
      throw refusal('too_big', `At most ${list.itemsMax} ${list.name} are allowed.`, list.name);
    // An item without a text is no JSON, like a blank.
    items.push(read.item(bytes.toString('utf8', at, end) || ' '));
    at = end;
    if (bytes[end] !== COMMA) break;
    at++;
    if (work.isDue) await work.turn();
  }
  if (bytes.length - at > PART_BYTES_MAX) throw tooLarge('');
  const around = Buffer.concat([bytes.subarray(0, begin), bytes.subarray(at)]);
  requireFewValues(around);
  const body = read.around(around.toString());
  // It is an object: the list was found in it.
  return isRecord(body) ? Object.assign(body, { [list.name]: items }) : body;
}

/** Where the items of the list begin, when the body is an object that has it; undefined for any other text. */
function beginOfList(bytes: Buffer, name: string): number | undefined {
  const key = Buffer.from(`"${name}"`);
  // What is not found within these belongs to a body that is refused.
  const limit = Math.min(PART_BYTES_MAX, bytes.length);
  let at = afterBlanks(bytes, 0, limit);
  if (at >= limit || bytes[at] !== OPEN_BRACE) return undefined;
  const members = new Part(bytes, at + 1, PART_BYTES_MAX);
  do {
    at = afterBlanks(bytes, at + 1, limit);
    const isKey = bytes.subarray(at, at + key.length).equals(key);
    if (isKey) {
      const colon = afterBlanks(bytes, at + key.length, limit);
      const open = afterBlanks(bytes, colon + 1, limit);
      if (bytes[colon] === COLON && bytes[open] === OPEN_BRACKET) return open + 1;
    }
    at = members.end();
    members.skip();
  } while (bytes[at] === COMMA);
  return undefined;
}

/** A piece of JSON text in which values and levels are counted. */
class Part {
  private values = 0;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private readonly limit: number,
    private readonly field = '',
  ) {}

  /** Where the comma or bracket stands that ends it, or its text ends. Whether the text between is valid is not looked at. */
  end(): number {
    const { bytes, field } = this;
    const limit = Math.min(this.limit, bytes.length);
    let depth = 0;
    for (; this.at < limit; this.at++) {
      switch (bytes[this.at]) {
        case QUOTE:
          this.skipText(limit);
          break;
        case OPEN_BRACKET:
        case OPEN_BRACE:
          if (++depth > DEPTH_MAX) throw tooDeep(field);
          this.count();
          break;
        case CLOSE_BRACKET:
        case CLOSE_BRACE:
          if (depth === 0) return this.at;
          depth--;
          break;
        case COMMA:
          if (depth === 0) return this.at;
          this.count();
          break;
      }
    }
    if (limit < bytes.length) throw tooLarge(field);
    return bytes.length;
  }

  /** Goes on behind the comma that ended it, which counts. */
  skip(): void {
    this.at++;
    this.count();
  }

  /** To the quotation mark that ends the text which begins here. */
  private skipText(limit: number): void {
    const { bytes } = this;
    for (this.at++; this.at < limit && bytes[this.at] !== QUOTE; this.at++) if (bytes[this.at] === BACKSLASH) this.at++;
  }

  private count(): void {
    if (++this.values > VALUES_MAX)
      throw refusal('too_many_values', `There are more than ${VALUES_MAX} values. Send fewer at once.`, this.field);
  }
}

function afterBlanks(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  while (at < limit && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  return at;
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return afterBlanks(bytes, from, to) >= to;
}

/** What a body with more levels is refused with. */
export function tooDeep(field: string): InvalidInputError {
  return refusal('too_deep', `The body is nested more than ${DEPTH_MAX} levels deep.`, field);
}

function tooLarge(field: string): InvalidInputError {
  return refusal('too_big', `There are more than ${PART_BYTES_MAX} bytes.`, field);
}

function refusal(code: string, message: string, field: string): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [{ field, code, message }]);
}
