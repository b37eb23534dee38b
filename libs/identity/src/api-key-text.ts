import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
/** Of the characters of a key, those that are kept for people to recognise it. */
export const API_KEY_PREFIX_LENGTH = 12;
const KEY = /^ofk_[\w-]{43}$/;

/** A new key: `ofk_` and 32 random bytes. Nobody can guess it, so its SHA-256 is enough to keep it by. */
export function newApiKey(): string {
  return `ofk_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Whether a text can be a key at all. */
export function isApiKey(text: string): boolean {
  return KEY.test(text);
}

export function hashOfApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
