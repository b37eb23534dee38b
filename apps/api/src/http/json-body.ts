import { isUtf8 } from 'node:buffer';
import { InvalidInputError, SlicedWork } from '@app/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { longListOf } from './body-limit';
import { InvalidItem } from './invalid-item';
import { DEPTH_MAX, type LongList, readLongList, requireFewValues, tooDeep, VALUES_MAX } from './json-limits';

/** What could pass for a part of every object; the framework would take them out without a word. */
const NAMES_OF_PROTOTYPES = new Set(['constructor', 'prototype']);

/** A value of JSON is at least one byte and one comma or bracket: shorter bodies cannot have too many of them. */
const SHORT_BODY_BYTES = 2 * VALUES_MAX;
/** From here on a body is not worked on in the moment it arrives, but when it is its turn. */
const LARGE_BODY_BYTES = 64 * 1024;

/** One text as JSON; throws what the framework answers for one that is none. */
export type ParseJson = (text: string) => unknown;

/**
 * Reads JSON bodies like Fastify does, and refuses what JSON.parse would quietly decide: bytes that are not UTF-8 become question
 * marks, of two equal keys the last one wins. Measured on an order of 222 bytes: 0.4 µs for the keys, 0.6 µs for the bytes,
 * beside 0.7 µs for parsing. Longer ones are looked through for too many values and levels before anything is made of them, and a
 * list that may be long is read item by item, in slices.
 */
export function addJsonParser(fastify: FastifyInstance): void {
  const parser = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const parse = parseOf(parser, request);
    const list = longListOf(request);
    if (list || bytes.length > SHORT_BODY_BYTES) return readLongBody(bytes, parse, list);
    try {
      requireUtf8(bytes);
      done(null, readText(bytes.toString(), parse));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
    return undefined;
  });
}

async function readLongBody(bytes: Buffer, parse: ParseJson, list: LongList | undefined): Promise<unknown> {
  const work = bytes.length > LARGE_BODY_BYTES ? await SlicedWork.begin() : new SlicedWork();
  try {
    requireUtf8(bytes);
    if (list) {
      const read = { item: (text: string) => readItem(text, parse), around: (text: string) => readText(text, parse) };
      return await readLongList(bytes, list, read, work);
    }
    requireFewValues(bytes);
    return readText(bytes.toString(), parse);
  } finally {
    work.end();
  }
}

/** The parser calls back before it returns. */
function parseOf(parser: ReturnType<FastifyInstance['getDefaultJsonParser']>, request: FastifyRequest): ParseJson {
  return (text) => {
    let parsed: unknown;
    void parser(request, text, (error, value) => {
      if (error) throw error;
      parsed = value;
    });
    return parsed;
  };
}

function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw refusal('invalid_encoding', 'The body is not valid UTF-8.');
}

function readText(text: string, parse: ParseJson): unknown {
  const value = parse(text);
  requireKeysOnce(text, value);
  return value;
}

/** An item that is JSON, but does not say clearly what is meant, is one that the list may go on without. */
function readItem(text: string, parse: ParseJson): unknown {
  try {
    return readText(text, parse);
  } catch (error) {
    if (error instanceof InvalidInputError) return new InvalidItem(text, error.fields);
    throw error;
  }
}

/** Valid JSON has as many keys as its value, or one of them came twice in one object. */
function requireKeysOnce(text: string, body: unknown): void {
  let count = 0;
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) throw tooDeep('');
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value) if (typeof item === 'object') next.push(item);
        continue;
      }
      for (const [key, item] of Object.entries(value)) {
        if (NAMES_OF_PROTOTYPES.has(key)) throw refusal('unknown_field', `There is no field ${key}. Remove it.`, key);
        count++;
        if (typeof item === 'object') next.push(item);
      }
    }
    level = next;
  }
  if (count !== countKeys(text)) throw refusal('duplicate_field', 'A field comes twice in one object. Send each once.');
}

/** Counts the strings that a colon follows. The text is valid JSON: nothing else can be a key. */
export function countKeys(json: string): number {
  let count = 0;
  let open = json.indexOf('"');
  while (open !== -1) {
    let close = json.indexOf('"', open + 1);
    while (isEscaped(json, close)) close = json.indexOf('"', close + 1);
    let next = close + 1;
    while (isSpace(json.charCodeAt(next))) next++;
    if (json[next] === ':') count++;
    open = json.indexOf('"', next);
  }
  return count;
}

function isEscaped(json: string, quote: number): boolean {
  let backslashes = 0;
  while (json[quote - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function refusal(code: string, message: string, field = ''): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [{ field, code, message }]);
}
