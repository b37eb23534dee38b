import { isUtf8 } from 'node:buffer';
import { InvalidInputError } from '@app/platform';
import type { FastifyInstance } from 'fastify';

/** What could pass for a part of every object; the framework would take them out without a word. */
const NAMES_OF_PROTOTYPES = new Set(['constructor', 'prototype']);

/** No body of this API has more than five levels. Half a million fit into 1 MiB, and every walk over them blocks the process. */
const DEPTH_MAX = 32;

/**
 * Reads JSON bodies like Fastify does, and refuses what JSON.parse would quietly decide: bytes that are not UTF-8 become question
 * marks, of two equal keys the last one wins. Measured on an order of 222 bytes: 0.4 µs for the keys, 0.6 µs for the bytes,
 * beside 0.7 µs for parsing.
 */
export function addJsonParser(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (!isUtf8(bytes)) {
      done(refusal('invalid_encoding', 'The body is not valid UTF-8.'));
      return;
    }
    const text = bytes.toString();
    void parse(request, text, (error, body) => {
      const problem = error ?? problemOfKeys(text, body);
      if (problem) done(problem);
      else done(null, body);
    });
  });
}

/** Valid JSON has as many keys as its value, or one of them came twice in one object. */
function problemOfKeys(text: string, body: unknown): InvalidInputError | undefined {
  let count = 0;
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return refusal('too_deep', `The body is nested more than ${DEPTH_MAX} levels deep.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value) if (typeof item === 'object') next.push(item);
        continue;
      }
      for (const [key, item] of Object.entries(value)) {
        if (NAMES_OF_PROTOTYPES.has(key)) return refusal('unknown_field', `There is no field ${key}. Remove it.`, key);
        count++;
        if (typeof item === 'object') next.push(item);
      }
    }
    level = next;
  }
  return count === countKeys(text)
    ? undefined
    : refusal('duplicate_field', 'A field comes twice in one object. Send each once.');
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
