import { type ExpectedVersions, InvalidInputError } from '@app/platform';

const HEADER = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*$/;
const STRONG_VERSION = /(?:^|,)\s*"([1-9]\d{0,8})"/g;

/**
 * The versions that If-Match allows (RFC 9110, section 13.1.1): undefined for none given or `*`. A weak tag never matches, so a
 * list of nothing but those allows no version at all.
 */
export function expectedVersions(header: string | undefined): ExpectedVersions {
  if (header === undefined || header.trim() === '*') return undefined;
  if (!HEADER.test(header.trim()))
    throw new InvalidInputError('The request is not valid.', [
      { field: 'If-Match', code: 'invalid_header', message: 'Must be *, or ETags such as "3".' },
    ]);
  return new Set([...header.trim().matchAll(STRONG_VERSION)].map(([, version]) => Number(version)));
}
