import { createHash } from 'node:crypto';
import { InvalidInputError, SlicedWork } from '@app/platform';
import { ApiHeader } from '@nestjs/swagger';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** Documents a write that its client may name, to be able to repeat it. */
export function TakesIdempotencyKey() {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply.',
  });
}

/** The Idempotency-Key header, checked: 1 to 255 visible ASCII characters. Undefined when it was not sent. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && KEY.test(header)) return header;
  throw new InvalidInputError('The request is not valid.', [
    {
      field: 'Idempotency-Key',
      code: 'invalid_header',
      message: 'Must be one value of 1 to 255 visible ASCII characters without spaces.',
    },
  ]);
}

/** Equal for requests that mean the same; the order of fields in the body does not matter once it was validated. */
export function fingerprintOf(operation: string, body: unknown): string {
  return createHash('sha256').update(operation).update('\n').update(JSON.stringify(body)).digest('hex');
}

/** The same for a body with a long list: its items are taken in slices, so that nobody else waits for it. */
export async function fingerprintOfList<Key extends string>(
  operation: string,
  body: Readonly<Record<Key, readonly unknown[]>>,
  key: Key,
): Promise<string> {
  const hash = createHash('sha256').update(fingerprintOf(operation, { ...body, [key]: body[key].length }));
  const work = new SlicedWork();
  const items = body[key];
  for (const [index, item] of items.entries()) {
    // Lists of a thousand: what stored keys were made of must stay as it is.
    hash.update(`${index % 1000 === 0 ? '[' : ','}${JSON.stringify(item)}`);
    if (index % 1000 === 999 || index === items.length - 1) hash.update(']');
    if (work.isDue) await work.turn();
  }
  return hash.digest('hex');
}
